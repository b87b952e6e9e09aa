"""Texts of the rule files that pages show, named here so that the catalogue of translations collects them.

A rule file is data and speaks Chinese. A text of it that is missing here is shown in Chinese on English pages; a test
says so.
"""

from __future__ import annotations

from zuofang.rules.sentences import say

STANDARDS = (
    say("建筑面积"),
    say("进驻单元"),
    say("监控点位"),
    say("全程监控"),
    say("冷冻冷藏"),
    say("消防"),
    say("废水废气"),
    say("安全距离"),
    say("生产与生活分开"),
    say("检验室"),
    say("检验能力"),
    say("检验人员"),
    say("管理机构"),
    say("食品安全管理人员"),
    say("证照齐全"),
    say("统一品牌"),
    say("建筑面积不少于 2000 平方米"),
    say("进驻食品小作坊不少于 10 家"),
    say("每个单元监控点位不少于 4 个"),
    say("公共场所和所有作坊实时监控，24 小时有人值守"),
    say("冷冻、冷藏设施满足加工需要"),
    say("消防系统达标并正常运转"),
    say("废水、废气等污染物集中处理"),
    say("与有毒有害场所及其他污染源距离不少于 25 米"),
    say("生产加工区与生活区相隔离"),
    say("配备检验室，能做区内各类食品的出厂检验"),
    say("能检验合成色素、苯并[a]芘、微生物"),
    say("配备专职或兼职检验人员"),
    say("成立统一的管理机构，建立统一的管理制度"),
    say("配备专职或兼职食品安全管理人员"),
    say("无营业执照和生产加工许可证书的不得入区生产"),
    say("统一品牌、统一标识、统一配送"),
)
"""Names and requirements of the standards for zones."""

GRADES = (
    say("生产熟肉制品"),
    say("生产白酒"),
    say("生产发酵酒"),
    say("生产食用植物油"),
    say("生产豆制品"),
    say("生产谷物及其制品"),
    say("生产糕点"),
    say("生产其他食品"),
    say("生产散装即食食品"),
    say("未进入集中加工区"),
    say("监督检查结果为不符合"),
    say("监督检查结果为基本符合"),
    say("监督抽检不合格"),
    say("受到轻微行政处罚"),
    say("受到一般行政处罚"),
    say("受到食品安全领域行政处罚"),
    say("受到责令停产停业等行政处罚"),
    say("受到吊销许可证件等行政处罚"),
    say("正在暂停生产经营"),
    say("发生食品召回"),
    say("监督抽检不合格，上调风险等级"),
    say("列入严重违法失信名单，上调风险等级"),
    say("故意违反食品安全法律法规，上调风险等级"),
    say("发生食品安全事故，上调风险等级"),
    say("未按规定召回，上调风险等级"),
    say("拒绝、逃避监督检查，上调风险等级"),
    say("违法受到责令停产停业等处罚，上调风险等级"),
    say("受到吊销许可证件等处罚，上调风险等级"),
    say("连续三年没有不良记录，下调风险等级"),
    say("通过危害分析与关键控制点体系认证，下调风险等级"),
    say("通过良好生产规范认证，下调风险等级"),
    say("信用修复弄虚作假"),
    say("退出荣誉名单"),
    say("列入严重违法失信名单"),
)
"""What counts in a grade."""
