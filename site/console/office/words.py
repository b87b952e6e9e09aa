"""The words of the desks of editors and administrators: what the journal's entries are about."""

from __future__ import annotations

from zuofang.reporting.keys.states import Purpose
from zuofang.rules.sentences import Sentence, say
from zuofang.site.commands.findings import Level
from zuofang.storage.editions import IDENTITY

SUBJECTS: dict[str, Sentence] = {
    "account": say("用户账号"),
    "batch": say("批次"),
    "sampling_sheet": say("抽样单"),
    "campaign": say("专项整治"),
    "campaign_place": say("专项整治的主体"),
    "certificate": say("登记证"),
    "credit_case": say("申请"),
    "credit_record": say("记录"),
    "district": say("行政区划"),
    "edition": say("设置"),
    "errand": say("后台工作"),
    "honour": say("荣誉"),
    "import": say("导入的表格"),
    "keys": say("密钥"),
    "laboratory": say("检验室"),
    "material_receipt": say("进货"),
    "outlet": say("销售点"),
    "picture": say("图片"),
    "product": say("产品"),
    "recall": say("召回"),
    "report": say("来件"),
    "report_ask": say("对保管员的请求"),
    "report_case": say("投诉举报件"),
    "report_letter": say("来信"),
    "report_reward": say("奖励"),
    "workshop": say("作坊"),
    "zone": say("加工区"),
    "zone_application": say("入驻申请"),
    "zone_proposal": say("加工区的提议"),
}
"""What an entry of the journal can be about."""


def subject_word(kind: str) -> Sentence:
    """What a kind of thing is called; one without a word of its own by its name."""
    return SUBJECTS.get(kind) or Sentence("%(kind)s", {"kind": kind})


OFFICE_DONE: dict[str, Sentence] = {
    "grant": say("角色已授予。"),
    "take_away": say("角色已收回，立即失效。"),
    "shut": say("账号已停用，登录立即结束。"),
    "reopen": say("账号已重新启用。"),
    "adopted": say("已采用，立即生效。"),
    "sent_back": say("已退回。"),
    "undo_adoption": say("已撤销采用，恢复以前的。"),
    "errand": say("已记下，正在后台做；本页可以关掉。"),
    "errand_stop": say("已要求停下。"),
    "errand_again": say("已重新开始。"),
}
"""What was done, said on the page that follows."""
OFFICE_ACTS: dict[str, Sentence] = {
    "account.end_sessions": say("结束其他登录"),
    "account.passkey_removed": say("删除通行密钥"),
    "account.recovery_codes": say("做新的恢复码"),
    "account.recovery_used": say("用恢复码登录"),
    "bearer.enter": say("登记传承人"),
    "bearer.leave": say("传承人离开"),
    "bearer.strike_out": say("删除登记错的传承人"),
    "board.take_down": say("撤下信息公开栏"),
    "cameras.hide_live": say("关闭实时画面"),
    "cameras.report": say("登记摄像头运行"),
    "cameras.show_live": say("公开实时画面"),
    "cameras.strike_out": say("删除登记错的摄像头运行"),
    "clock.tend": say("每日时钟"),
    "commitment.end": say("承诺终止"),
    "commitment.resume": say("承诺恢复"),
    "commitment.unsign": say("撤销签订的承诺"),
    "district.dissolve": say("撤销行政区划"),
    "district.enter": say("登记行政区划"),
    "district.restore": say("恢复行政区划"),
    "honour.evaluate": say("登记评价"),
    "honour.grant": say("授予荣誉"),
    "honour.renew": say("延续荣誉"),
    "honour.restore": say("恢复荣誉"),
    "honour.strike_out": say("删除登记错的荣誉"),
    "honour.withdraw": say("退出荣誉"),
    "keys.reseal": say("用新密钥重新封存"),
    "keys.rotate": say("更换密钥"),
    "laboratory.accredit": say("登记资质认定"),
    "laboratory.strike_out_accreditation": say("删除登记错的资质认定"),
    "laboratory.add": say("登记检验室"),
    "laboratory.restore": say("恢复资质认定"),
    "laboratory.revoke": say("撤销资质认定"),
    "outlet.close": say("销售点关闭"),
    "outlet.open": say("登记销售点"),
    "outlet.strike_out": say("删除登记错的销售点"),
    "picture.destroy": say("销毁图片"),
    "record.approve_by_rule": say("按规则审核"),
    "subsidy.pay": say("登记补助"),
    "subsidy.strike_out": say("删除登记错的补助"),
    "zone.cameras": say("登记摄像头"),
    "zone.found": say("登记加工区"),
    "zone.standard": say("登记建设标准"),
    "zone.step": say("登记验收步骤"),
    "zone.step_back": say("撤销验收步骤"),
    "zone.story": say("更改加工区介绍"),
    "zone.unit": say("登记单元"),
}
"""Acts that are done by tables, commands and clocks, and at no desk of their own."""


PURPOSES: dict[Purpose, tuple[Sentence, Sentence]] = {
    Purpose.journal: (say("日志签名"), say("给日志的最后一条签名；旧的继续用来核对。")),
    Purpose.answers: (say("核验答复签名"), say("给 /verify/ 的答复单签名；旧的继续用来核对。")),
    Purpose.acknowledgements: (say("举报回执签名"), say("给收到举报的回执签名。")),
    Purpose.labels: (say("标签码的秘密"), say("秘密的一半算标签码里的校验，没有公开的一半；这里只写第几版。")),
    Purpose.case: (say("举报内容封存"), say("举报封存给它，办案人员用自己的口令打开。")),
    Purpose.identity: (say("举报人身份封存"), say("身份封存给它，只有身份保管人打开。")),
    Purpose.payout: (say("奖金账户封存"), say("收款账户封存给它，只有财务打开。")),
    Purpose.recovery: (say("恢复"), say("两半分给两个人，写在纸上；持有人都不在了才用。")),
}
"""What each key is for, and what is told of it."""
LEVELS: dict[Level, tuple[Sentence, str]] = {
    Level.well: (say("正常"), "released"),
    Level.note: (say("请留意"), "care"),
    Level.wrong: (say("要处理"), "stop"),
}
CHECKED: dict[str, Sentence] = {
    "base_url": say("网址"),
    "keys": say("密钥"),
    "rules": say("规则和日历"),
    "database": say("数据库"),
    "tables": say("数据表"),
    "disk": say("磁盘"),
    "label font": say("标签字体"),
    "search": say("搜索"),
    "rotation": say("换密钥"),
}
"""What each subject of a check is called."""


def checked_word(subject: str) -> Sentence:
    """What a check looks at; one without a word by its name."""
    return CHECKED.get(subject) or Sentence("%(kind)s", {"kind": subject})


RULE_FILES: dict[str, Sentence] = {
    "calendar.csv": say("放假和补班的日子"),
    "categories.csv": say("食品类别"),
    "certificates.csv": say("登记证和许可的规定"),
    "food_catalogues.csv": say("允许和禁止生产经营的食品目录"),
    "grade_rules.csv": say("等级的算法"),
    "items.csv": say("检验项目"),
    "label_contents.csv": say("标签应当写的内容"),
    "label_text_heights.csv": say("标签文字的高度"),
    "limits.csv": say("限量标准"),
    "parameters.csv": say("通用的期限和数额"),
    "parameters_complaints.csv": say("投诉的期限"),
    "parameters_publication.csv": say("公示的期限"),
    "parameters_reports.csv": say("举报的期限"),
    "parameters_retention.csv": say("保存的期限"),
    "parameters_rewards.csv": say("举报奖励的标准"),
    "zone_standards.csv": say("加工区的建设标准"),
}
"""What stands in each rule file."""


def edition_word(about: str) -> Sentence:
    """What an edition is about: who runs the site, or a rule file by what stands in it."""
    if about == IDENTITY:
        return say("网站和机关")
    told = RULE_FILES.get(about)
    return say("%(what)s（%(file)s）", what=told, file=about) if told else Sentence("%(file)s", {"file": about})


IDENTITY_LABELS: dict[str, Sentence] = {
    "site_name": say("网站名称"),
    "site_name_en": say("网站名称（英文）"),
    "bureau": say("管理机关"),
    "bureau_en": say("管理机关（英文）"),
    "contact": say("怎样联系"),
    "contact_en": say("怎样联系（英文）"),
    "security_contact": say("安全漏洞报给谁"),
    "icp": say("ICP 备案号"),
    "police": say("公安备案号"),
    "site_code": say("政府网站标识码"),
}
"""What the fields of who runs the site are called, beside that of its languages."""
LANGUAGES_OFFERED = {"both": say("中文和英文"), "chinese": say("只用中文")}
