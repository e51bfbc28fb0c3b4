"""Names of people, firms and bodies that do not exist, in the shape of those that do."""

from stdnum.cn import ric, uscc

from market.agencies.rules import Type
from market.demo.choices import Dice
from market.rulebook.opening import opened
from market.rulebook.rules import Rulebook, Value

OPENED = {
    **opened("示范市公共数据开放目录 演示-001", "无条件开放", "CC BY 4.0"),
    Rulebook.installable.name: Value(amount=True, unit=""),
}
"""A demonstration shows what a place may open: its catalogue, class and licence are invented."""
CARDS = {"cards_document": Value("《瑞昌市效能问责办法（示范）》示范办发〔2026〕1号", "")}
"""The document under which a demonstration gives cards; invented too."""

MARKS = {Rulebook.credit_marks.name: Value(amount=True, unit="")}
"""A demonstration keeps marks, by which one way of selecting draws its shortlist."""

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
GIVEN = (
    "志远",
    "建华",
    "海燕",
    "文斌",
    "晓敏",
    "国强",
    "丽萍",
    "俊杰",
    "秀英",
    "伟明",
    "雪梅",
    "永刚",
    "春燕",
    "立新",
    "桂芳",
    "少华",
    "金莲",
    "宏伟",
    "美玲",
    "振东",
    "玉兰",
    "家豪",
    "思远",
    "红霞",
    "卫东",
    "慧芳",
    "子涵",
    "明辉",
    "彩云",
    "德胜",
    "静怡",
    "学军",
    "爱华",
    "浩然",
    "敏",
    "强",
    "磊",
    "娟",
    "涛",
    "静",
    "鹏",
    "芳",
    "勇",
    "霞",
    "辉",
    "洁",
    "斌",
    "琴",
    "波",
    "蓉",
)
BRANDS = (
    "赣源",
    "中诚",
    "恒信",
    "天衡",
    "方正",
    "鼎立",
    "华测",
    "远景",
    "宏图",
    "博远",
    "精诚",
    "永信",
    "瑞丰",
    "安泰",
    "中正",
    "科达",
    "绿洲",
    "长江",
    "庐山",
    "浔阳",
    "鄱湖",
    "赤乌",
    "铜岭",
    "盘龙",
    "湓城",
    "青云",
    "德和",
    "众合",
    "三和",
    "金穗",
    "蓝天",
    "碧水",
    "国泰",
    "经纬",
    "智汇",
    "同创",
    "开元",
    "明德",
    "启航",
    "新纪元",
    "百川",
    "求实",
    "创联",
    "赛维",
    "神州",
    "星宇",
    "汇通",
    "万邦",
    "昌隆",
    "嘉信",
)
TRADES = {
    "项目咨询评估": ("工程咨询", "环境科技", "水利咨询", "安全技术服务", "规划咨询"),
    "工程勘察(设计)": ("勘察设计", "建筑设计", "岩土工程"),
    "工程测量": ("测绘", "地理信息", "勘测"),
    "工程检测": ("检测技术", "工程检测", "环境检测"),
    "工程监理(代理)": ("工程监理", "建设管理", "项目管理"),
    "社会服务": ("会计师事务所", "资产评估", "法律咨询", "档案技术服务"),
}
HOME = [("360481", "瑞昌市")]
CITY = [
    ("360403", "九江市浔阳区"),
    ("360402", "九江市濂溪区"),
    ("360404", "九江市柴桑区"),
    ("360423", "武宁县"),
    ("360424", "修水县"),
    ("360425", "永修县"),
    ("360426", "德安县"),
    ("360428", "都昌县"),
    ("360429", "湖口县"),
    ("360430", "彭泽县"),
    ("360482", "共青城市"),
    ("360483", "庐山市"),
]
PROVINCE = [
    ("360102", "南昌市"),
    ("360202", "景德镇市"),
    ("360302", "萍乡市"),
    ("360502", "新余市"),
    ("360602", "鹰潭市"),
    ("360702", "赣州市"),
    ("360802", "吉安市"),
    ("360902", "宜春市"),
    ("361002", "抚州市"),
    ("361102", "上饶市"),
]
OUTSIDE = [
    ("420106", "武汉市"),
    ("430102", "长沙市"),
    ("330102", "杭州市"),
    ("320102", "南京市"),
    ("340102", "合肥市"),
    ("440103", "广州市"),
    ("110105", "北京市"),
    ("310104", "上海市"),
    ("350102", "福州市"),
    ("420202", "黄石市"),
]
TIERS = ((HOME, 66), (CITY, 113), (PROVINCE, 113), (OUTSIDE, 56))
"""Where the agencies come from, and how many: 348 in all (Ruichang)."""

TOWNS = (
    "湓城街道",
    "桂林街道",
    "码头镇",
    "白杨镇",
    "南义镇",
    "横港镇",
    "范镇",
    "肇陈镇",
    "高丰镇",
    "夏畈镇",
    "乐园乡",
    "洪下乡",
    "洪一乡",
    "花园乡",
    "武蛟乡",
    "横立山乡",
    "黄金乡",
    "南阳乡",
)
BUREAUS = (
    "发展和改革委员会",
    "教育体育局",
    "科技局",
    "工业和信息化局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源局",
    "住房和城乡建设局",
    "城市管理局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化广电旅游局",
    "卫生健康委员会",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "林业局",
    "医疗保障局",
    "数据局",
    "档案局",
    "机关事务服务中心",
    "生态环境局",
    "乡村振兴服务中心",
    "公路事业发展中心",
    "水库移民服务中心",
    "土地储备中心",
    "不动产登记中心",
    "城市建设投资服务中心",
    "园林绿化中心",
    "环境卫生服务中心",
    "疾病预防控制中心",
    "人民医院",
    "中医院",
    "妇幼保健院",
    "第一中学",
    "第二中学",
    "职业教育中心",
    "图书馆",
    "博物馆",
    "体育中心",
    "青山林场",
    "工业园区管理委员会",
    "高铁新区建设服务中心",
    "赤湖水产养殖场",
    "铜岭遗址管理处",
)
FIRMS = ("瑞昌市城市发展集团有限公司", "瑞昌市水务有限公司", "瑞昌赣源新材料有限公司")
OWNERS = (
    [(f"瑞昌市{name}", "public") for name in BUREAUS]
    + [
        (f"瑞昌市{town}{'办事处' if town.endswith('街道') else '人民政府'}", "public")
        for town in TOWNS
    ]
    + [(name, "firm") for name in FIRMS]
)
"""70 public bodies and 3 firms (Ruichang)."""
INSTITUTIONS = ("中心", "医院", "中医院", "保健院", "中学", "馆", "林场", "养殖场", "管理处")
"""How the names of public institutions (事业单位) end; of the other public bodies they do not."""
ASSOCIATION = "瑞昌市企业家协会"
"""A social organisation (社会组织) that buys with its own money."""

HEADS = {"public": "11", "institution": "12", "association": "51", "firm": "91"}
"""How a credit code begins, by what a body is (GB 32100-2015, table 1)."""
AGENCIES = {
    Type.ENTERPRISE: ("91", "有限公司"),
    Type.INSTITUTION: ("12", "院"),
    Type.SOCIAL: ("52", "服务中心"),
    Type.INDIVIDUAL: ("92", "服务部"),
}
"""How the codes of agencies begin, and their names end."""

PROJECTS = (
    "老旧小区改造",
    "农村公路提升",
    "高标准农田建设",
    "小流域综合治理",
    "中小学校舍扩建",
    "污水管网改造",
    "工业园标准厂房",
    "乡镇卫生院扩建",
    "河道堤防加固",
    "停车场新建",
    "饮水安全巩固提升",
    "城市公园改造",
    "农贸市场改造",
    "养老服务中心",
    "消防站新建",
    "桥梁维修加固",
    "林场道路硬化",
    "数字档案室",
    "垃圾中转站",
    "文化活动中心",
)


def person(dice: Dice) -> str:
    """A name of two or three characters."""
    return dice.pick(SURNAMES) + dice.pick(GIVEN)


def credit_code(head: str, division: str, sequence: int) -> str:
    """A valid 统一社会信用代码 of nobody: registering department and kind, division, sequence,
    check character.
    """
    stem = f"{head}{division}{sequence:09d}"
    return stem + str(uscc.calc_check_digit(stem))


def id_number(sequence: int) -> str:
    """A valid 公民身份号码 of nobody."""
    year, rest = divmod(sequence, 100)
    stem = f"360481{1990 + year:04d}{rest % 12 + 1:02d}{rest // 12 % 28 + 1:02d}{100 + sequence % 900:03d}"
    return stem + str(ric.calc_check_digit(stem + "0"))


def work_on(project: str, item: str) -> str:
    """What is bought for a project: 消防站新建项目申请报告编制, not 消防站新建项目项目申请报告编制."""
    return f"{project}项目{item.removeprefix('项目')}"


def owner_code(name: str, kind: str, sequence: int) -> str | None:
    """The credit code of an owner, by what its name says that it is; None of a natural person."""
    if kind == "person":
        return None
    body = "institution" if kind == "public" and name.endswith(INSTITUTIONS) else kind
    return credit_code(HEADS["association" if name == ASSOCIATION else body], "360481", sequence)


def agency(dice: Dice, place: str, category: str, kind: Type = Type.ENTERPRISE) -> str:
    """E.g. 瑞昌市恒信测绘有限公司."""
    trade = dice.pick(TRADES[category])
    tail = "" if trade.endswith("事务所") else AGENCIES[kind][1]
    return f"{place.removesuffix('浔阳区').removesuffix('濂溪区').removesuffix('柴桑区')}{dice.pick(BRANDS)}{trade}{tail}"
