// The camera of the scan page. It appears only where the browser's own decoder has read a symbol of ours correctly, and it
// leads only to label pages of this site: whatever else a code says is shown as text.
"use strict";

(async () => {
  const box = document.getElementById("camera");
  if (!box || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const { prefix, probe, text, width } = box.dataset;
  const part = (name) => box.querySelector(`[data-${name}]`);
  const video = box.querySelector("video");

  async function trustedDetector() {
    const formats = await BarcodeDetector.getSupportedFormats();
    if (!formats.includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    const found = await detector.detect(drawn(probe, Number(width)));
    return found.length === 1 && found[0].rawValue === text ? detector : null;
  }

  function drawn(path, modules) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = modules * 8;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.scale(8, 8);
    pen.stroke(new Path2D(path));
    return canvas;
  }

  function labelIn(text) {
    if (!text.toUpperCase().startsWith(prefix)) return null;
    const code = text.slice(prefix.length).split(/[?#]/)[0];
    return /^[0-9A-Za-z]{15,20}$/.test(code) ? code : null;
  }

  function show(text) {
    const code = labelIn(text);
    if (code) {
      const language = new URLSearchParams(location.search).get("lang");
      location.assign(`/t/${code}${language ? `?lang=${encodeURIComponent(language)}` : ""}`);
      return true;
    }
    part("foreign").hidden = false;
    part("foreign").querySelector("code").textContent = text.slice(0, 300);
    return false;
  }

  async function look(detector) {
    const found = await detector.detect(video);
    if (found.some((symbol) => show(symbol.rawValue))) return stop();
    setTimeout(() => video.srcObject && look(detector).catch(stop), 200);
  }

  function stop() {
    video.srcObject?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    video.hidden = true;
  }

  async function start(detector) {
    part("refused").hidden = true;
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.hidden = false;
      await video.play();
      await look(detector);
    } catch {
      stop();
      part("refused").hidden = false;
    }
  }

  const detector = await trustedDetector().catch(() => null);
  if (!detector) return;
  box.hidden = false;
  part("start").addEventListener("click", () => start(detector));
  addEventListener("pagehide", stop);
})();
