"""What the advertising law keeps out of a text that is published, with the place of each.

A pure linter: whatever leaves the house (a listing's title and selling points, a proposal, an
export) is given to `lint`. Each rule is a code of the catalogue of problems, where its law and
article stand. It looks for claims, not for words: 最近, 第一人民医院 and 唯一住房 are none.

Source: Advertising Law of the PRC, articles 9 and 26; Provisions on the Publication of Real
Estate Advertisements (order 80 of 2015), articles 4, 8, 12, 16 and 18.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brokernotes.light_dataclasses import NamedTuple


class Claim(NamedTuple):
    """A stretch of a text that may not be published so.

    Attributes:
        code: of the rule it breaks, in the catalogue of problems.
        start: code points from the start of the text.
        end: one past it.
        text: what stands there.
    """

    code: str
    start: int
    end: int
    text: str


def lint(text: str, context: str = "") -> list[Claim]:
    """Find every claim in a text, in its order; of two at one place the longer.

    Args:
        text: what is to be published, line ends included.
        context: what is published with it, where a disclaimer may stand.
    """
    found = sorted(_claims(text, context), key=lambda one: (one.start, -one.end, one.code))
    kept: list[Claim] = []
    for claim in found:
        if not kept or claim.start >= kept[-1].end:
            kept.append(claim)
    return kept


def _claims(text: str, context: str) -> Iterator[Claim]:
    for code, pattern in _RULES.items():
        if code == "ad-plans" and (_DISCLAIMER.search(text) or _DISCLAIMER.search(context)):
            continue
        for found in pattern.finditer(text):
            if code in _DENIABLE and _DENIED.search(text, max(0, found.start() - 8), found.start()):
                continue
            yield Claim(code, found.start(), found.end(), found[0])


_DENIABLE = frozenset({"ad-return", "ad-promise", "ad-superstition", "ad-financing"})
_DENIED = re.compile(r"(?:不[^，。,;；\n]{0,4}|别|勿|无法|没法|没有|并非|未必|谢绝|禁止)$")
_DISCLAIMER = re.compile(
    r"以(?:政府|官方|教育|规划|主管|有关|相关|交通|市政)[^，。,;；\n]{0,12}"
    r"(?:公布|公告|公示|批准|批文|发布|通知|为准)"
)

# -- location by time (Advertising Law, article 26, item 2)

_COUNT = (
    r"(?:\d+(?:\.\d+)?(?:[ ]?[-–—~～至到][ ]?\d+)?"
    r"|[一二两三四五六七八九十几数半]{1,4}(?:十)?(?:来|多)?)"
)
_TIME = (
    r"(?<!提前)(?<!提早)(?<!迟到)(?<![每隔早晚等花了第])(?<![\d一二三四五六七八九十几.])"
    rf"{_COUNT}[ ]?(?:多|来)?(?:个)?"
    r"(?:分钟|小时|钟头|刻钟|[Mm]in(?:ute)?s?(?![a-z])|分(?=[即可直就便步车走到达]))"
    r"(?![ ]?(?:一|1)[ ]?(?:班|趟|次))"
)
_NEARLY = r"(?:就|才|也就|仅|只|只要|只需|仅需|不到|约|大约|大概|不过|需|要|用时|[:：·]){0,3}[ ]?"
_REACHED = (
    r"(?:到(?![ ]?[\d一二两三四五六七八九十半几]|店|家|访|场|期|账|货|岗|齐|位|点|时|底|头|手|钟)"
    r"|抵达|直抵|即抵|抵|直达|可达|即达|达到|达(?!成|标)|直通|通达|至(?!少|今|多|于)"
    r"|车程|路程|步程|脚程|步行|步距|生活圈|交通圈|商业圈|商圈|通勤|都市圈)"
)
_BY = r"(?:步行|走路|徒步|骑行|骑车|驾车|驱车|开车|行车|车程|乘车|坐车|打车|搭车|脚程)"
_FACILITY = (
    r"(?:地铁|轻轨|有轨电车|号线|轨交|公交|车站|高铁|火车站?|机场|高速|内环|中环|外环|学校|小学"
    r"|中学|初中|高中|幼儿园|大学|医院|商场|广场|超市|菜场|菜市场|公园|市中心|市区|外滩|[Cc][Bb][Dd]|码头"
    r"|口岸|景区|园区)"
)
_TRAVEL = re.compile(
    "|".join(
        (
            rf"{_BY}(?!来)[^，。,;；！!？?\n]{{0,8}}?{_TIME}(?:[^，。,;；！!？?\n]{{0,3}}?{_REACHED})?",
            rf"{_TIME}(?:左右|以?内|之内)?[ ，,]?"
            rf"(?:便捷|轻松|快速|直接|即|可|就|便|能|{_BY}){{0,3}}{_REACHED}",
            rf"(?:距离?|离(?!开|婚|职|约|交|上|下)|到(?!店|场|期|了)|去|至)"
            r"(?:(?!看房|开会|交班|约定|签约|预约|到期|开始|结束|要|等)[^，。,;；！!？?\n\d]){2,10}?"
            rf"{_NEARLY}"
            rf"(?:走(?!廊)|{_BY})?{_NEARLY}{_TIME}(?![内前后])",
            rf"{_FACILITY}(?:口|站|旁)?[ ]?{_NEARLY}(?:走|{_BY})?{_NEARLY}{_TIME}(?![内前后])",
            rf"(?:走|出门|下楼)(?:路|过去)?{_NEARLY}{_TIME}[^，。,;；！!？?\n]{{0,3}}{_REACHED}",
            r"(?i:\b\d+[- ]?min(?:ute)?s?\b[^.,;\n]{0,12}\b(?:to|from|walk|drive|away|ride)\b)",
        )
    )
)

# -- appreciation and return (article 26, item 1)

_RETURN = re.compile(
    r"(?:升值|增值)(?!税|服务|电信)(?:空间|潜力|潜能|前景|可期|无限|在即|快|大|高|稳)*"
    r"|保值(?:增值|升值)?|抗跌|稳赚(?:不赔)?|稳赢|躺赚|包赚|只赚不赔|只涨不跌|必涨|必赚|看涨"
    r"|(?:价格?|房价|身价|价值)(?:将|会|能)?翻[倍番]|翻[倍番](?:涨|增值|赚)|暴涨"
    r"|涨价空间|上涨空间|涨幅(?:空间|可期)|买到就是?赚|买到赚到|买了就赚|赚到就是"
    r"|(?:投资|租金|年化?)?(?:收益|回报)率|投资回报|年化(?!粪)|租金回报|高(?:回报|收益)|收益(?:稳定"
    r"|可观|有保障)|稳定收益"
    r"|包租(?=[，。！!；;、 ]|$|[一二三四五六七八九十\d]+[ ]?年)"
    r"|返租|售后回租|以租养(?:贷|房|供)|坐收(?:租金|渔利)|价值洼地|(?:财富"
    r"|资产)(?:增长|增值)"
    r"|(?i:guaranteed\s+(?:return|yield|profit|rent)|(?:sure|certain|bound)\s+to\s+(?:rise"
    r"|appreciate)"
    r"|will\s+appreciate|can(?:'|no)t\s+lose)"
)

# -- schooling, household registration, employment (Provisions, article 18)

_SURE = r"(?:保证|确保|保|包|必定|一定|肯定|百分百|百分之百|100%|承诺)"
_GRANTED = (
    r"(?:入学|上学|就读|读书|升学|直升|录取|学位|学区名额|落户|入户|上户口|迁户口|办户口|户口"
    r"|就业|签证)"
)
_PROMISE = re.compile(
    rf"{_SURE}(?:能|可以?|有|办|提供|孩子|您|小孩|解决)*{_GRANTED}"
    rf"|{_SURE}(?:能|可以?|孩子|您|小孩)*(?:上|读|进)[^，。,;；\n]{{0,8}}(?:小学|中学|学校|名校"
    r"|幼儿园)"
    rf"|(?:买房|购房|买|购)(?:就|即|便)?(?:送|赠|享|得|可|能){_GRANTED}"
    r"|(?:送|赠)(?:户口|学位|学籍)|(?:入学|落户|学位|升学|入户|户口)(?:无忧|保证|有保障|包办"
    r"|零门槛|不愁)"
    r"|(?:代办|包办|帮办|可办)(?:户口|落户|入学|学位)|直通名校|直升名校|一步名校"
    r"|(?i:guaranteed\s+(?:school|enrol|admission|hukou))"
)

# -- superlatives (article 9, item 3)

_BEST = (
    r"最(?:好(?=的|[，。！!、；,;)）\s]|$)|佳|优|强|牛|靓|棒|美|豪|高级|低价|便宜|划算|实惠|超值"
    r"|值得|舒适|舒服|宜居|安静|幽静|抢手|热门|火爆|繁华"
    r"|核心|中心|稀缺|优质|优越|优惠|漂亮|完美|理想|齐全|完善|成熟|方便|便利|便捷|高端|高档|尊贵"
    r"|奢华|豪华|顶级|先进"
    r"|有潜力|具潜力|具价值|有价值|受欢迎|低(?:总价|单价|首付|门槛)|高(?:端|档|品质|性价比|标准"
    r"|规格)"
    r"|大(?:的)?(?:小区|社区|楼盘|花园|户型|楼间距|绿化|优势|亮点|卖点|商场|公园|面宽|阳台))"
)
_BUT = (
    r"(?!的?(?:不足|缺点|问题|毛病|遗憾|麻烦|短板|硬伤|是别|别|时候|时间|办法|做法|选择是|提前"
    r"|白天|上午|下午|晚上|先|还是|再))"
)
_WHERE = (
    r"(?:全国|全球|全市|全城|全区|全网|全小区|本市|本区|世界|亚洲|中国|国内|业界|行业|同类"
    r"|北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|浦东|徐汇|静安|闵行)"
)
_SUPERLATIVE = re.compile(
    "|".join(
        (
            rf"(?:{_WHERE}(?:里|内|中)?)?{_BEST}{_BUT}",
            r"顶级|顶尖|世界级|宇宙级|殿堂级|史诗级|最高级",
            r"国家级(?!非|风景|森林|湿地|自然|经济|高新|开发|新区|文物|文保|公园|重点|示范|旅游"
            r"|级|大学科)",
            r"极品|至尊|楼王|地王|房王|绝版|无敌(?!破坏)|绝佳|独一无二|绝无仅有|史无前例"
            r"|空前绝后|无与伦比|举世无双"
            r"|天下无双|无可比拟|首屈一指|登峰造极|盖世|之最(?![后终])|万能户型|王者(?!荣耀)",
            rf"{_WHERE}(?:范围)?(?:里|内|中)?(?:最(?!近|后|早|晚|新|多|少|终|先|北|南|东|西)"
            r"|唯一(?!住)|首家|首席|首个|独家)",
            rf"(?:{_WHERE}|板块|区域|小区|排名|销量|位列|人气|口碑|性价比|成交)(?:里|内"
            r"|中)?(?:排名?|稳居|位居)?第一"
            r"(?!人民|中学|中心|小学|医院|附属|幼儿园|实验|妇婴|食品|百货|师范|高级"
            r"|[次个句时任手期排套层位天步大批轮组条间栋幢份家季年名的])",
            r"第一(?:品牌|名盘|楼盘|豪宅|高度|高楼|景观|湾|大盘|居所|学区|学区房|名校|豪门|地段"
            r"|城(?!市))",
            r"(?:自住|投资|改善|刚需|婚房|学区|置业|安家|养老)(?:的|者)?首选",
            r"(?i:\bno\.?[ ]?1\b(?![-号栋幢弄]))|(?i:top[ ]?1\b)|(?i:\bthe\s+best\b|\bfinest\b"
            r"|\bunrivall?ed\b)",
        )
    )
)

# -- plans (article 26, item 4; Provisions, article 12)

_SOON = r"(?:明年|后年|未来|不久|今年|年底|年内|\d{4}[ ]?年|[一二三两四五]年[内后])"
_OPENS = r"(?:开通|通车|开业|竣工|建成|投用|投入使用|动工|落成)"
_PLANNED = (
    r"(?:规划(?!局|院|展|合理|整齐|方正|得|很|好)(?:中|建设|有|的)?|在建|拟建|待建|将建|筹建"
    r"|建设中"
    rf"|即将(?:入驻|{_OPENS})|{_SOON}[^，。,;；！!\n]{{0,8}}?{_OPENS})"
)
_PUBLIC = (
    r"(?:地铁|轻轨|有轨电车|号线|轨交|轨道交通|高铁|城际|车站|机场|高架|快速路|隧道|大桥|学校"
    r"|小学|中学|幼儿园"
    r"|大学|医院|商场|商业体|商业中心|商业广场|综合体|购物中心|奥莱|公园|绿地|图书馆|体育馆"
    r"|体育中心|市政|道路)"
)
_PLANS = re.compile(
    rf"{_PLANNED}[^，。,;；！!\n]{{0,12}}?{_PUBLIC}|{_PUBLIC}[^，。,;；！!\n]{{0,10}}?{_PLANNED}"
    rf"|{_SOON}[^，。,;；！!\n]{{0,8}}?{_PUBLIC}[^，。,;；！!\n]{{0,6}}?{_OPENS}"
)

# -- areas (article 26: as built area or inner area)

_PART = (
    r"(?:阳台|露台|平台|客厅|卧室?|厨房?|卫生间|卫|浴室|花园|院子?|天井|地下室|车库|车位|阁楼"
    r"|储藏室?|储物间|赠送?|送|公摊"
    r"|书房|飘窗|衣帽间|餐厅|得房|每|元|万|草坪|绿化|会所|泳池|中庭|大堂|占地|总建|夹层|仓库"
    r"|工位|加建|搭建|改造)"
)
_AREA = re.compile(
    r"(?<![\d.])(?<!建面)(?<!套内)(?<!建筑)(?<!面积为)(?<!/)(?:\d{2,5}(?:\.\d{1,2})?"
    r"|[二三四五六七八九]?十[一二三四五六七八九]?"
    r"|[一二三四五六七八九]百[零一二三四五六七八九十]{0,4})"
    r"[ ]?(?:多|来|余)?(?:个)?(?:㎡|m²|[Mm]2|平方米|平方(?!公里)|平米"
    r"|平(?![方米公均价板层台时安整日坦稳静常面房米]))"
)
_AREA_KIND = re.compile(
    r"(?:建筑|建面|套内|产证|使用|实用)[^，。,;；！!\n]{0,8}$|" + _PART + r"[^，。,;；！!\n]{0,6}$"
)
_AREA_AFTER = re.compile(
    r"[ ]?(?:[(（](?:建筑|建面|套内)|建筑面积|建面|套内|的?(?:大)?(?:花园|院|露台|阳台|地下室"
    r"|客厅|车库|草坪|公园|绿地|泳池))"
)


class _Areas:
    """Areas that say neither how they were measured nor that they are of one room."""

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As a compiled pattern does."""
        for found in _AREA.finditer(text):
            before = _AREA_KIND.search(text, max(0, found.start() - 16), found.start())
            if before is None and not _AREA_AFTER.match(text, found.end()):
                yield found


_SUPERSTITION = re.compile(
    r"风水(?!学)(?:宝地|好|佳|旺|极佳)?|旺财(?!狗)|旺宅|聚财|招财(?!猫)|财位|龙脉|龙穴|藏风聚气"
    r"|聚气|纳气|吉宅|镇宅|发财(?!树)|旺丁|旺夫"
)
_FINANCING = re.compile(
    r"(?:零|0)[ ]?首付|首付(?:款)?(?:贷|分期|可分期|可贷|可垫|垫付|代垫)|垫(?:付)?首付|众筹"
    r"|高评高贷|首付(?:款)?(?:我们|公司|中介)垫"
)

_RULES: dict[str, re.Pattern[str] | _Areas] = {
    "ad-return": _RETURN,
    "ad-travel-time": _TRAVEL,
    "ad-promise": _PROMISE,
    "ad-superlative": _SUPERLATIVE,
    "ad-plans": _PLANS,
    "ad-area": _Areas(),
    "ad-superstition": _SUPERSTITION,
    "ad-financing": _FINANCING,
}
