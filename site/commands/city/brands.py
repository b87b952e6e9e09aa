"""The brands of the six zones: a mark that can be cut into wood, and its story."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """A name, a mark for labels (path data in a 100 by 100 field), paragraphs parted by an empty line; English too."""

    name: str
    mark: str
    story: str
    name_en: str
    story_en: str


POT = Brand(
    "北溪卤",
    "M44 10H56V18H44ZM30 36C31 28 39 23 50 23C61 23 69 28 70 36Z"
    "M16 41H84V51H77C77 76 67 90 50 90C33 90 23 76 23 51H16Z",
    "北溪镇人说，一锅老卤养三代人。从前镇上的卤味摊沿着河埠一字排开，傍晚船靠岸，摇橹的人先买半只鸭翅，再挑水回家。"
    "各家的卤水各有脾气：东头的重桂皮，西头的少糖，渡口那一家总要多放一把自己晒的橘皮。\n\n"
    "四年前，镇里把闲置的织布厂改成了集中加工区，十几口老卤锅搬了进来。锅还是那些锅，变的是锅外面的事：肉从同一间冷库领，"
    "每个单元装着摄像头，卤好的货在凉菜间里放透，检验室出了单子才能装车。\n\n"
    "“北溪卤”的标志是一口带盖的陶锅。盖子的意思是慢，也是守得住：卤水天天过滤、称盐、量温度，一笔一笔记在锅边的本子上。"
    "您手里这一包是谁卤的、哪天卤的、检过什么，扫一扫都写着。",
    "Beixi Braise",
    "In Beixi they say one pot of old broth feeds three generations. The braise stalls used to stand in a row "
    "along the river steps; when the boats came in at dusk, the oarsmen bought half a duck wing before they "
    "fetched their water. Every family's broth had a temper of its own: more cassia at the east end, less sugar "
    "at the west, and at the ferry always a handful of home-dried tangerine peel.\n\n"
    "Four years ago the town turned an empty weaving mill into a shared processing zone, and a dozen old pots "
    "moved in. The pots are the same; what changed is everything around them. Meat is drawn from one cold store, "
    "each unit has its cameras, the goods cool in a cold room, and nothing is loaded before the laboratory has "
    "written its sheet.\n\n"
    "The mark of Beixi Braise is a clay pot with its lid on. The lid means slow, and it means kept: the broth is "
    "strained, salted by weight and measured for heat every day, and written into the book beside the pot. Who "
    "braised the packet in your hand, on which day, and what was tested: scan it and read.",
)
PESTLE = Brand(
    "云岭碓",
    "M5 58L34 16L50 40L63 22L95 58ZM14 65H86V74H14ZM22 80H78V89H22Z",
    "云岭的水急，从前每个村口都有一架水碓。秋收以后，新米泡一夜，碓头起起落落舂到天亮，米粉细得能从指缝里流走。"
    "年糕蒸熟了趁热搡，搡好的年糕不黏牙，切成片晒在竹匾上，是山里人过冬的干粮，也是走亲戚的礼。\n\n"
    "如今水碓只剩三架，供人看；做米粉和年糕的三十多户里，有十多户搬进了碓头镇的加工区。磨浆、蒸制、晾晒分在三个车间，"
    "晒粉棚加了纱网和顶棚，下雨天也不用抢收。米是签了约的早籼和晚粳，哪块田、哪天碾的，进货的本子上查得到。",
    "Yunling Pestle",
    "The streams of Yunling are fast, and every village once had a water-driven pestle. After the harvest new "
    "rice was soaked overnight and pounded until dawn, so fine that it ran through the fingers. Rice cake was "
    "pounded while still hot, cut into slices and dried on bamboo trays: the provisions of the hills for winter, "
    "and the gift for a visit.\n\n"
    "Three of the pestles are left, for people to look at. Of some thirty families who make rice noodles and rice "
    "cake, more than ten have moved into the zone at Duitou. Grinding, steaming and drying are in three separate "
    "halls; the drying shed has gauze and a roof, so that nobody runs when it rains. The rice is contracted, "
    "early and late; which field it came from and when it was milled stands in the book of deliveries.",
)
BLOSSOM = Brand(
    "鹭洲点心",
    "M37 20C37 12.8 42.8 7 50 7C57.2 7 63 12.8 63 20C63 27.2 57.2 33 50 33C42.8 33 37 27.2 37 20Z"
    "M63 35C63 27.8 68.8 22 76 22C83.2 22 89 27.8 89 35C89 42.2 83.2 48 76 48C68.8 48 63 42.2 63 35Z"
    "M63 65C63 57.8 68.8 52 76 52C83.2 52 89 57.8 89 65C89 72.2 83.2 78 76 78C68.8 78 63 72.2 63 65Z"
    "M37 80C37 72.8 42.8 67 50 67C57.2 67 63 72.8 63 80C63 87.2 57.2 93 50 93C42.8 93 37 87.2 37 80Z"
    "M11 65C11 57.8 16.8 52 24 52C31.2 52 37 57.8 37 65C37 72.2 31.2 78 24 78C16.8 78 11 72.2 11 65Z"
    "M11 35C11 27.8 16.8 22 24 22C31.2 22 37 27.8 37 35C37 42.2 31.2 48 24 48C16.8 48 11 42.2 11 35Z"
    "M39 50C39 43.9 43.9 39 50 39C56.1 39 61 43.9 61 50C61 56.1 56.1 61 50 61C43.9 61 39 56.1 39 50Z",
    "鹭洲镇在湖心的沙洲上，进镇要过一座九孔石桥。镇上有一条饼行街，长不过两百步，最盛的时候开着十九家饼行。"
    "正月做千层饼，清明做青麦糕，端午做绿豆糕，中秋前后桂花开了，满街都是糖和花的味道，船还没过桥就闻得见。\n\n"
    "饼行的看家东西是木模。梨木刻的，梅花、鱼、寿桃，一块模用几十年，边角磨得圆了，打出来的花反而好看。"
    "加工区里专门留了一间模房，各家的老模挂在墙上，用之前蒸，用之后刷，晾干了再挂回去。\n\n"
    "“鹭洲点心”的标志就是一块六瓣的梅花模。点心小，账要大：油几时开的桶，馅几时炒的，和这一盒一起记着。",
    "Luzhou Pastry",
    "Luzhou stands on a sandbank in the lake, and a bridge of nine arches leads to it. Its Street of Pastry "
    "Houses is not two hundred paces long and once held nineteen of them. Thousand-layer cakes in the first "
    "month, green wheat cakes in spring, mung bean cakes at the Dragon Boat Festival; when the osmanthus opened "
    "in autumn you could smell the street before the boat was under the bridge.\n\n"
    "What each house treasures are its wooden moulds, carved of pear wood: plum blossoms, fish, peaches of long "
    "life. One mould serves for decades, and its worn edges make the better flower. The zone keeps a room for "
    "them alone, where they hang on the wall, are steamed before use, brushed after it, and hung up again when "
    "dry.\n\n"
    "The mark of Luzhou Pastry is such a mould, a blossom of six petals. The pastry is small, the account behind "
    "it large: when the oil was opened and when the filling was fried is written down together with the box.",
)
JAR = Brand(
    "禾上酒坊",
    "M40 6H60V12H40ZM36 16H64V26C64 31 72 35 76 44H24C28 35 36 31 36 26ZM22 50H78C80 74 69 91 50 91C31 91 20 74 22 50Z",
    "青禾一带的酒，看井。酒垆镇有七口老井，水温四季差不了三度，井栏上的绳沟有一指深。冬至前后做糯米酒，"
    "开春做红曲，夏天歇酿，秋天蒸高粱。老师傅不看表，听缸：耳朵贴在草盖上，声音像下小雨，就是时候了。\n\n"
    "加工区建在镇子北面的坡上，十二个单元共用一间蒸粮房和一座地下酒窖。每一缸挂一块竹牌，写着粮、曲、井和封缸的日子；"
    "勾兑的酒不许进区。检验室刚建起来，资质认定还在申请，各家的酒先按出厂记录放行，数字暂不公布。",
    "Heshang Winery",
    "Around Qinghe the drink depends on the well. Jiulu has seven old ones, whose water hardly changes by three "
    "degrees in a year, and whose kerbs the ropes have cut a finger deep. Glutinous rice wine is made around the "
    "winter solstice and red yeast in spring; in summer the jars rest, and in autumn sorghum is steamed. The old "
    "masters look at no clock, they listen: with an ear on the straw lid, when it sounds like a light rain, it is "
    "ready.\n\n"
    "The zone stands on the slope north of the town; twelve units share a steaming house and a cellar. On each "
    "jar hangs a bamboo tag with the grain, the yeast, the well and the day on which it was closed, and nothing "
    "blended may come in. The laboratory is new and its accreditation applied for; until then batches leave by "
    "the workshops' own release records, and no figures are published.",
)
WHEEL = Brand(
    "水碓油",
    "M44 20L40 5H60L56 20ZM67 25L75 11L89 25L75 33ZM80 44L95 40V60L80 56ZM75 67L89 75L75 89L67 75Z"
    "M56 80L60 95H40L44 80ZM33 75L25 89L11 75L25 67ZM20 56L5 60V40L20 44ZM25 33L11 25L25 11L33 25Z"
    "M50 32C57 42 62 49 62 56C62 62.6 56.6 68 50 68C43.4 68 38 62.6 38 56C38 49 43 42 50 32Z",
    "溪西的油坊靠水。水碓街道的名字，就是从溪边那排碾籽的水轮来的。小满收油菜，霜降摘山茶，籽晒干了炒，炒香了碾，"
    "碾细了蒸，蒸透了用稻草包成饼，一块一块排进木榨。撞杆一响，半条街都知道今天谁家开榨。\n\n"
    "木榨如今换成了液压榨，铁皮棚换成了加工区。来料加工的农户还是自己挑着籽来，看着出油，装走自己的那一桶；"
    "对外卖的油另走一条线，过滤、静置、抽样，检验室测了酸价和黄曲霉毒素，才灌瓶贴标。\n\n"
    "标志里的八片叶是水轮，中间是一滴油。",
    "Shuidui Oil",
    "The oil mills of West Stream live by the water; the quarter of Shuidui has its name from the row of wheels "
    "that crushed seed along the brook. Rape is gathered in early summer, camellia in late autumn; the seed is "
    "dried, roasted until it smells, crushed, steamed, wrapped in straw and set cake by cake into the wooden "
    "press. When the ram struck, half the street knew who was pressing that day.\n\n"
    "The wooden press has given way to a hydraulic one, the tin sheds to the zone. Farmers still bring their own "
    "seed on the shoulder, watch the oil run and carry their own barrel home; what is sold goes another way: "
    "filtered, settled, sampled, and bottled only when the laboratory has measured its acid value and aflatoxin.\n\n"
    "The eight blades of the mark are the wheel, and in its middle hangs a drop of oil.",
)
LEAF = Brand(
    "雾溪",
    "M46 10C16 28 12 64 46 90ZM54 10C88 28 84 64 54 90Z",
    "雾溪乡一年有两百天起雾。雾养茶，也养豆：田埂上种的都是本地的青皮豆，豆粒小，浆却浓。上午做豆腐，下午炒茶，"
    "一口灶两样活，是这里的人家过了几辈子的日子。\n\n"
    "加工区还在建，墙已经砌好，锅炉在调试，验收要等明年。先搬进来的几户在试生产，每一批都送到市里的检验中心去测。"
    "标志是一片叶，也是剖开的一颗豆。",
    "Wuxi Mist",
    "In Wuxi there is mist on two hundred days of the year. It feeds the tea, and it feeds the beans: the green- "
    "skinned kind on the field banks is small, but its milk is thick. Bean curd in the morning, tea in the "
    "afternoon, two kinds of work at one stove: so families have lived here for generations.\n\n"
    "The zone is still being built. The walls stand, the boiler is being tried, and acceptance will come next "
    "year. The few who have moved in are making trial batches, each of which goes to the city's testing centre. "
    "The mark is a leaf, and also a bean that has been opened.",
)
