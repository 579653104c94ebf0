"""Words that speak of danger to life: then the page tells to call for help at once, and the order is marked (R-Z10).

A rule of words errs on the side of the call: a false alarm costs a sentence on a page, never an order. It holds no
judgement about the person and is never an obstacle to sending. What is harmless is therefore told narrowly: a lesson
is one only where the word of it touches the word of danger, and never in a clause that says it is happening.
"""

import re
from typing import Final

AMBULANCE: Final = "120"
FIRE: Final = "119"
POLICE: Final = "110"
NUMBERS: Final = (AMBULANCE, FIRE, POLICE)
"""The most urgent first."""

_PERSON: Final = (
    r"(?:人|老人|孩子|小孩|娃|婴儿|爷爷|奶奶|外公|外婆|爸|妈|老伴|老公|老婆|丈夫|妻子|媳妇|儿子|女儿|"
    r"孙子|孙女|邻居|他|她|我)"
)
_WATER: Final = (
    r"(?:水库|水坝|[鱼水]塘|泳池|河|井|水|塘|池|湖|江|沟|渠|坑|冰窟|窖|窨井|(?:化?粪|沼气)[坑池]|[悬山]崖)"
)
_HEIGHT: Final = r"(?:楼|树|屋顶|房顶|房上|梯|阳台|窗|山|崖|墙|架|台阶|高处)"
_BUILT: Final = r"(?:房子?|屋子?|屋顶|房顶|墙|楼|天花板|工棚|桥|隧道|窑洞|矿)"
_GAS: Final = r"(?:煤气|燃气|天然气|液化气|瓦斯)"
_DRUNK: Final = (
    r"(?:喝|吞|服)[^，。；]{0,8}(?:农药|百草枯|敌敌畏|除草剂|老鼠药|耗子药|毒药|洁厕|消毒液|消毒水|"
    r"汽油|安眠药)|"
    r"(?:农药|百草枯|敌敌畏|除草剂)[^。；]{0,12}(?:喝(?!水|口水|茶|酒)|吞|服下|服了|吃了|溅)|"
    r"(?:误食|误服|误喝|误吞|吃错药)|吃了?(?:老鼠药|耗子药|毒药|毒蘑菇|一瓶|整瓶)"
)
_CUT: Final = r"割[^，。；]{0,3}(?:腕|喉|脉)"
_BURIED: Final = r"压在[^，。；]{0,4}(?:下面|底下|里面|下边)|被(?:埋|压住|压在)|[人子他她]埋在"
_CRASH: Final = (
    r"出了?车祸|发生车祸|车祸了|有车祸|车祸现场|被[^，。；]{0,4}车(?:[撞碾轧]|压(?![坏坑裂过出断]))|撞(?:到|倒|了)人|"
    r"\bhit by a (?:car|truck|lorry|bus)|\bcar (?:crash|accident)"
)

_CANNOT_RISE: Final = r"(?:起不来|[站爬]不起来|不能动|动不了|动弹不得)"
_FALLS: Final = r"(?:[摔跌](?:倒|跤|在|下|了|得|到)|[滑绊]倒)"
_FELL: Final = rf"{_FALLS}[^。；]{{0,10}}{_CANNOT_RISE}|[摔跌]倒[^。；]{{0,8}}(?:快来|来人|救)"
_FELL_EN: Final = (
    r"\bf(?:e|a)ll(?:en)?\b(?! apart)[\w ,']{0,30}\b(?:can ?not|can'?t|couldn't|unable to) "
    r"(?:get up|stand|move(?! (?:it|the|them)\b))"
)
_STOPPED: Final = r"(?:呼吸|心跳|脉搏)[^，。；机灯]{0,3}(?:停|没了|微弱)"
_SUDDENLY: Final = (
    rf"(?:{_PERSON}[^，。；的树柜]{{0,4}}|(?:^|[，。；！\s]))(?:突然|忽然|一下子)[^，。；]{{0,2}}(?:倒下|倒了|栽倒|瘫倒)|"
    rf"(?<!机器){_PERSON}(?:现在|突然|已经|一点|完全|真的|好像|都|也|就|人){{0,3}}没有?(?:一点)?反应(?!过来)|"
    r"(?<!铃)[叫喊唤](?:他|她|都|也|老人|奶奶|爷爷|爸|妈)?不应(?!门|声)|晕死过去|眼睛?[^，。；]{0,2}翻白|"
    rf"(?<!机器){_PERSON}(?:现在|真的|好像|怕是|恐怕|可能|眼看|看着|已经|都|要|快|就|人){{0,3}}不行了"
)
_BREATH: Final = (
    r"[透喘]不(?:过|上|了)(?:来|了)?(?:气(?!的)|$|[，。；！])|(?<![床垫])上不来气|(?<![打充胎床垫])气(?:都|也)?上不来|"
    r"(?:喉咙?|嗓子|气管)[^，。；]{0,4}卡(?:住|了)|(?:全身|浑身|手脚)[^，。；]{0,3}发紫|"
    r"(?:won't|can ?not|can'?t|could not|couldn'?t|doesn'?t|unable to|struggl\w+ to|hardly) (?:wake|breathe)|"
    r"(?:trouble|difficulty|problems?) breathing|short(?:ness)? of breath"
)
_PAIN: Final = (
    r"(?:胸|心口|心脏|头|肚子|腹)[^，。；]{0,4}(?:剧痛|绞痛|撕裂)|\bpain in (?:my|his|her|the) chest|"
    r"\bchest (?:is |really |still )?hurt|chest pain"
)
_TOOK_DRUGS: Final = (
    rf"{_PERSON}[^，。；不没要按每天该能爱准]{{0,2}}(?:喝药了(?![没吗好就才还再以之])|喝了药[，,]?(?:叫|喊|倒|昏|晕|快来))|"
    r"喝药(?:自杀|自尽|寻|轻生|死)|吞了?药(?![片丸困不费])"
)
_BRAIN: Final = r"脑梗(?:死|塞)?(?![^，。；]{0,4}[年月]|的?(?:老|病|患)|人|过(?!来)|药)"
_GASES: Final = (
    r"烧炭(?![取火烤炉窑的工机做翁])|"
    r"carbon monoxide(?! (?:alarm|detector|sensor|meter|test|safety|awareness|course|lesson))"
)
_KILLED: Final = r"(?:闹|出)了?人命(?!关天)"
_SHOCKED: Final = (
    rf"电(?:死|着|倒|晕)了?[^，。；]{{0,2}}(?:人|孩子|他|她|我)|{_PERSON}[^，。；]{{0,3}}电死|"
    r"被电(?:到|击|倒|晕|着|了|死)"
)
_WATERED: Final = (
    rf"{_PERSON}[^，。；]{{0,4}}呛了?[^，。；]{{0,3}}水(?!了?怎么)|呛了[^，。；怎]{{0,3}}水(?!怎么)|呛水了(?!怎么)|"
    r"掉了?(?:河|水库|[鱼水]?塘)(?:了|里|$|[，。！])"
)
_BLOOD: Final = (
    r"血(?:流|淌|冒)(?:个不停|不停|得?一地|了一地|不止)|血止不了|血喷[出了]|割破[^，。；]{0,3}(?:动脉|血管|手腕)|"
    rf"发烧[^。；]{{0,8}}抽(?:起来|筋|搐|了)|[摔滚跌坠][下落]了?{_HEIGHT}|"
    r"被[^，。；]{0,6}压(?:住|到|着)了?[^，。；]{0,3}(?:腿|脚|手|人|身|胳膊|胸)"
)
_BURNS: Final = (
    r"着火(?!点)|[着起失]了(?:大|小)?火(?!锅|车)|起大火|(?<![睡穿])着起来|着的火|火越[烧来]|"
    rf"[满一整](?:屋子?|房间?|楼道?)[^，。；]{{0,3}}(?:{_GAS}(?![灶罐瓶费表管])|烟(?![花头灰草味酒叶盒油]))|"
    r"[屋房家楼道厨][里房]?(?:都|全|满)是?[黑浓白]?烟(?![花头灰草味酒叶盒油])|"
    r"(?:电池|电瓶|电动车|气罐|气瓶|锅炉|高压锅|热水器|充电宝)[^，。；]{0,3}炸|"
    r"水[^，。；]{0,3}淹进|电梯[^。；]{0,8}(?:人|孩子|老人|我)[^。；]{0,3}在里"
)
_CHILD_EN: Final = (
    r"\b(?:child|son|daughter|boy|girl|baby|kid|toddler|grandson|granddaughter|mother|father|mum|mom|dad|grandma|grandpa|"
    r"husband|wife)"
)
_TAKEN: Final = (
    r"(?:孩子|小孩|娃|婴儿|宝宝|孙子|孙女|女儿|儿子)[^，。；的把]{0,2}(?:被|让|给)"
    r"(?:(?:人|[^，。；]{0,2}(?:陌生|生人|坏人|不认识|别人|人贩)[^，。；]{0,3})(?:抱|抢|带|拉|骗|拐|领)|抢|拐|骗)走|"
    rf"{_CHILD_EN}(?: \w+){{0,2}}? (?:is|has|went|was|gone)(?: been| gone| still)? missing"
    r"(?! (?:a|an|his|her|the|you|us|me|school|class|teeth)\b)|"
    rf"{_CHILD_EN} (?:has been|was|got) (?:taken(?! (?:to|out|care|home|ill))|snatched|abducted)|"
    rf"把[我他她][^，。；]{{0,3}}[关锁]在|有人[^，。；]{{0,3}}抢(?![答修险购票先红菜着座])|"
    r"(?:快|来人|赶紧|赶快|马上|快来)救人|(?:^|[，。！\s])救人[啊呀哪！!]|(?:要|想|准备|打算)[^，。；]{0,2}往下跳"
)
_BLEEDS: Final = (
    r"血(?:还|都|又)?(?:一直|不停|不住|还在|直|哗哗)[^，。；]{0,2}(?:流|淌|冒|喷)|(?:一直|不停地?|大量)(?:在)?(?:出|冒|淌|喷)血|"
    r"(?:孕妇|怀孕|产妇|产后|大肚子)[^，。；]{0,8}(?:出血|流血|见红)"
)
_CRAMPS: Final = (
    r"惊厥|(?:高烧|高热|发烧|烧到|烧得)[^。；]{0,6}(?:抽筋|抽了)|"
    r"(?:全身|浑身|手脚都)(?:在|都)?抽(?:筋|动|了|搐)"
)
_FLOOD: Final = (
    r"被(?:大|洪|雨|河|江|泥|积)?水[^，。；]{0,2}(?:困|围)|被困(?![难扰惑])|(?:大水|洪水|河水|江水|山水)[^，。；]{0,4}"
    r"(?:[进灌漫涌]|冲(?![坏毁垮])|淹(?!过|后|坏)|来了)|水淹到了?(?:腰|胸|脖|屋|二楼|一楼)"
)
_SPARKS: Final = r"冒火[花星苗光]|(?:电|插|线|闸)[^，。；人]{0,6}(?:冒火|(?<!没)(?<!没有)火(?:花|星))"
_FIRE_EN: Final = (
    r"\bthere(?:'s| is) (?:a )?(?:big |huge |small )?fire\b"
    r"(?! (?:drill|exting|exit|engine|station|alarm|safety|door|place|wood|hydrant|blanket))|"
    r"\bfire in (?:my|our|the|his|her|their|a) (?:\w+ )?"
    r"(?:house|home|kitchen|building|flat|room|apartment|yard|village|forest|field|barn|shop|school)\b"
)
_TIRED_OF_LIFE: Final = (
    r"想去死(?![皮海角])|死了算了|不如死|(?<![生养存干农])活够了|活腻|一了百了|不想再活|"
    r"(?:要|想|往|准备)[^，。；]{0,3}跳下|(?:楼顶|天台|楼上|阳台|窗台|桥上)[^，。；]{0,6}(?:要|想)跳(?!舞|绳|操|广场|健身)"
)
_BREAKS_IN: Final = (
    r"(?:人|他|她|男的?|小偷|贼|歹徒|醉汉)[^，。；]{0,8}闯[进入到](?!了?(?:决赛|前))|闯[进入到]了?[^，。；]{0,3}[家屋房门院]|"
    r"有人[^，。；]{0,4}(?:撬|砸|踹)[^，。；]{0,3}[门窗锁]|"
    r"\b(?:broke|broken|breaking) into (?:my|our|the|his|her|their) (?:\w+ )?(?:house|home|flat|room|apartment)|"
    r"\bintruder"
)

_LIMB: Final = r"(?<![扶把桌椅凳子床帮])(?:手指头?|指头|脚趾头?|手臂|胳膊|手|脚|腿)"
_MAIMED: Final = (
    rf"{_LIMB}[^，。；]{{0,3}}(?:被|让|给)[^，。；]{{0,6}}[绞卷轧夹压切锯砸](?:了|伤|断|住|进|到|掉|着|在)|"
    rf"{_LIMB}(?:都|也)?被?[^，。；]{{0,2}}[切剁砍锯割轧铡绞](?:断|掉|下来|伤)(?!了?(?:电|水|气|网|线))|"
    rf"{_FALLS}[^。；]{{0,10}}(?:骨头[^，。；]{{0,5}}[断折裂碎]|骨折)"
)
"""Caught by a machine, cut off, broken in a fall."""
_SWALLOWED_THING: Final = (
    r"[吞咽](?:下|进|了|掉|到)[^，。；]{0,6}(?:电池|硬币|磁铁|磁珠|纽扣|针|钉|玻璃|刀片|戒指|玩具|干燥剂|弹珠)|"
    r"吃(?:下|进|了)[^，。；]{0,4}(?:电池|硬币|磁铁|磁珠|干燥剂)|"
    r"\b(?:took|taken|swallowed|ate|eaten) (?:\w+ ){0,2}?(?:too many|too much|all (?:of )?(?:my|his|her|the)|"
    r"a whole (?:bottle|box) of|lots of) [\w ]{0,12}(?:pills|tablets|medicine|drugs)"
)
_STROKE: Final = (
    r"突然[^，。；]{0,4}(?:[说讲]不出话|[说讲]不了话|不会[说讲]话|口齿不清|[说讲]话不清)|"
    r"(?<![壶水瓶管奶])嘴(?:巴|角)?[^，。；]{0,2}歪"
)
_FIT: Final = r"(?:癫痫|羊[角癫]风|羊癫疯|哮喘|心脏病)[^，。；没]{0,3}(?:犯(?!过|错)|发病|发了)"
_SCALDED: Final = (
    r"(?:被|让|给)[^，。；]{0,6}(?:开水|热水|滚水|热油|油锅|热汤|热粥|蒸汽|火)[^，。；]{0,3}[烫烧](?:了|到|着|得|伤|$|[，。！])|"
    r"(?:开水|滚水|热油|热汤)[^，。；]{0,3}[泼浇溅洒](?:到|在|了)[^，。；]{0,3}(?:身|脸|手|脚|腿|头|孩|人)"
)
_LOCKED_IN: Final = (
    rf"{_PERSON}[^，。；的把将]{{0,4}}[锁关困闷]在了?[^，。；]{{0,3}}"
    r"(?:车|屋|房|家|厕所|卫生间|电梯|柜|仓库)[里内中]"
)
_FALLS_DOWN: Final = (
    r"(?<!假)(?:山|坡|崖|堤|坝)[^，。；]{0,2}[塌垮崩]|"
    r"(?:高压线|电线杆|电杆)[^，。；]{0,4}[掉断垂落倒砸](?:下|了|在|到|落)|"
    r"(?:电线|电缆)[^，。；]{0,4}[掉落垂](?:下|了|在|到|落)?[^，。；]{0,3}(?:地|路|水|田|下来)"
)
_SMOKE_EN: Final = (
    r"\bsmoke (?:in|inside|from|out of) (?:my|our|the|his|her|their|a) |"
    r"\bthere(?:'s| is) (?:\w+ ){0,2}smoke\b(?! (?:alarm|detector))|"
    r"\bgas (?:is|was|keeps|has been) leak"
)
_ARMED: Final = (
    r"(?:[拿举提持挥抄])[着了起]?[^，。；]{0,3}(?:刀|斧头?|棍子?|棒|锄头|枪)[^，。；]{0,3}"
    r"(?:追[着赶]?[我他她人孩]|追着|[砍捅刺打吓逼指]着?(?:我|他|她|人|孩子|老人|老婆|妈))"
)
_SAVE: Final = (
    r"(?<![补挽解])救救?(?:我|俺|他|她|孩子|老人)"
    r"(?!了?一命|们?家?的?(?:手机|电脑|花|菜|树|文件|照片|猫|狗|鱼|作业|庄稼))"
)
_THIEF: Final = (
    r"(?:家|屋|房|店|院)(?:里|子里?|中)?(?:又|刚|好像|突然)?(?:进|有|来|闯进)了?(?:小偷|贼(?!心)|强盗|歹徒)|"
    r"(?:小偷|贼|强盗|歹徒)(?:还|正)?(?:在|进|来)了?[^，。；]{0,4}(?:家|屋|房|院|里|了)"
)
_BEATEN: Final = (
    r"被[^，。；]{0,4}(?:儿子?|女儿|儿媳|女婿|老公|丈夫|老婆|妻子|媳妇|[爸妈爹]|哥|弟|孙子|婆婆|公公|邻居|护工|保姆|同学|老师|人)"
    r"[^，。；]{0,3}(?:打(?:了(?!招呼|电话|分|个|针)|伤|骂|得|死|成|$|[，。；！])|踹|掐|揍)"
)

_SINKS: Final = (
    r"瘫倒(?!在床)|瘫(?:坐|软)?在了?(?:地|路|楼|厕|院|田|浴|卫|门|沟)|晕[^。；]{0,5}要(?:倒|晕)了|"
    r"(?:肚子|腹部?|胸口?|心口|头)[^，。；]{0,3}[疼痛]得[^，。；]{0,3}(?:受不了|打滚|站不|直不起)|"
    r"(?:^|[，。；！\s]|眼睛?|[人我他她妈爸爷奶])(?:突然|忽然|一下子)[^，。；]{0,3}(?:看不见|看不到|失明)"
    r"(?![^，。；]{0,4}(?:字|屏|图|信号|画面|台|消息|孩子|老人|他|她|猫|狗|车))|"
    r"(?:突然|忽然|一下子|刚才|今天|现在)[^。；]{0,8}半(?:边|个)身(?:子|体)?[^，。；]{0,3}(?:发?麻(?!将)|没劲|没力|不听使唤)|"
    r"拉血|呕血|脸色[^，。；]{0,2}[惨煞]白|血压(?![计仪]|平时|平常|常年|经常|长期)[^，。；\d]{0,6}2\d\d(?!\d)|"
    rf"(?<!得){_PERSON}(?:怕是|好像|可能|恐怕|真的|觉得|感觉|快|就|马上|自己|我){{0,3}}(?:要|快)死了"
)
_SINKS_EN: Final = (
    rf"(?:{_CHILD_EN}|\b(?:he|she|lips|face|skin))(?:'s|'re)?(?: \w+)?? (?:turn(?:s|ing|ed)|going|gone|went) "
    r"(?:all |completely )?(?:blue|purple)\b(?!-)|\b(?:lips|face) (?:is|are|has|have gone) (?:all )?(?:blue|purple)\b|"
    r"\bblood (?:is |was )?(?:everywhere|all over)|\bcovered (?:in|with) blood|\bpool of blood|"
    r"\blos(?:t|ing|es) (?:a lot of|so much|too much|lots of) blood"
)
_LOST: Final = (
    r"(?:孩子|小孩|娃|宝宝|孙子|孙女|女儿|儿子|老人|奶奶|爷爷|外婆|外公|老伴|[我他她]妈|[我他她]爸)"
    r"(?:在[^，。；]{1,6})?(?:走|跑|弄)?(?:丢|找不到|找不着)了"
    r"(?=$|[，。；！？!?,.\s啊呀]|快|怎么办|[一二两三四五六半几\d]+个?多?(?:小时|钟头|天|晚上))"
)
_KIN: Final = (
    r"(?:老人|孩子|小孩|爷爷|奶奶|外公|外婆|爸|妈|老伴|老公|老婆|丈夫|妻子|媳妇|儿子|女儿|孙子|孙女|邻居|隔壁|"
    r"老太太|老头|大爷|大妈|大娘|大伯|姑姑|舅舅)"
)
_SERVED: Final = r"(?![^。；]{0,6}(?:宽带|师傅|[来维检]修|修[理一好]))"
_SILENT: Final = (
    rf"{_KIN}(?!店)[他她]?[^，。；店铺馆站的修师我他她]{{0,4}}[一二两三四五六七八九十几\d]天[^，。；店铺馆]{{0,3}}没有?"
    r"(?:开过?门(?![市窗])|露过?面|动静|"
    r"出过?门[^。；]{0,8}(?:敲门(?!请|要|时|大|声|轻|重)|叫门|没人应|联系不上|打不通))"
    rf"{_SERVED}|"
    r"(?<!师傅)(?<!师傅的)(?:电话|敲门|叫门|联系)[^。；]{0,10}(?:打不通|不接|没人接|没人应|不应|不上)[^。；]{0,8}"
    rf"(?:怕|担心|会不会|是不是)[^，。；]{{0,5}}出(?:了|什么|了什么)?事{_SERVED}|"
    r"\b(?:he|she|neighbou?rs?|mother|father|mum|mom|dad|grand\w+|aunt|uncle|husband|wife|son|daughter|sister|brother|"
    r"friend|(?:old|elderly) (?:man|woman|lady|person|couple)|mrs?\.? \w+)(?:,? \w+)??,?"
    r"(?:'s not| (?:has not|hasn't|have not|haven't)) (?:opened|answered) (?:the|her|his|their) "
    r"(?:door|phone|telephone) (?:for|in|since) (?:\w+ ){0,2}(?:days?|week)"
)
"""Somebody of whom nothing is seen or heard for days."""
_SAYS_TO_DIE: Final = (
    r"(?:说|喊着?|嚷着?|闹着|吵着)[^，。；]{0,3}(?:要|想)(?:去)?死(?![磕板记守]|了?(?:你|我们|他们|她们|咱))|"
    r"\b(?:end|ending) it all\b"
)

_SAYS: Final[dict[str, str]] = {
    AMBULANCE: (
        r"晕倒|晕过去|晕厥|(?<![头搞绕弄转看听忙])晕(?:了|在)|昏倒|昏迷|昏厥|昏了?过去|不省人事|[叫喊唤摇]不醒|"
        r"(?:[叫喊拍摇])[^，。；]{0,4}没有?反应|(?:失去|没有?)(?:意识|知觉)|休克|猝死|"
        r"没有?(?:呼吸|心跳|脉搏)|没气了|断气了|喘不(?:过|上)来?气|喘不上来|呼吸困难|窒息|噎[住着到]|"
        r"卡(?:住|在|到)了?(?:喉|嗓|气管)|(?:脸|嘴)[^，。；]{0,3}发?紫|"
        r"(?:胸口?|心口|心脏)(?:很|好|突然)?(?:疼|痛|闷)|心梗|心肌梗|心绞痛|心脏病发|心脏骤停|"
        r"心脏停|脑溢血|脑出血|"
        r"(?:突然|刚刚?|好像|可能|怕是|疑似)[^，。；]{0,4}中风|中风了(?![^，。；]{0,4}(?:年|月))|"
        r"半边身子[^，。；]{0,4}(?:不能动|动不了|没知觉)|"
        rf"{_SUDDENLY}|{_BREATH}|{_PAIN}|{_TOOK_DRUGS}|{_BRAIN}|{_GASES}|{_KILLED}|{_SHOCKED}|{_WATERED}|{_BLOOD}|"
        r"抽搐|口吐白沫|抽风了|(?:癫痫|哮喘)[^，。；]{0,3}发作|大出血|血止不住|止不住血|(?:流血|"
        r"血流)不止|(?:一直|不停)流血|流了?(?:很多|好多|一地)血|(?:满地|浑身|满身|满脸)(?:都)?是血|"
        r"头破血流|吐血|咳血|"
        r"触电|溺水|淹(?:死|着了|到人|水了)|"
        rf"[掉摔跌滑栽落][进到入下]了?{_WATER}|掉了?{_WATER}[里中]|落水(?!管|口|洞|槽|沟)|"
        rf"煤气中毒|一氧化碳|中毒|农药|{_DRUNK}|吃了?(?:很|好|太)多[^，。；]{{0,3}}药|{_CUT}|"
        rf"{_MAIMED}|{_SWALLOWED_THING}|{_STROKE}|{_FIT}|{_SCALDED}|{_SINKS}|{_SINKS_EN}|"
        rf"在[^，。；]{{0,2}}{_WATER}[^，。；]{{0,3}}(?:挣扎|呼救|往下沉|沉下去)|破水(?!管|桶|池|缸|盆|龙)|"
        rf"{_FELL}|{_FELL_EN}|{_STOPPED}|{_BLEEDS}|{_CRAMPS}|\b(?:stopped|stops) breathing|\bno pulse|"
        r"摔(?:得)?(?:很重|起不来|动不了|断)|起不来了|(?:躺|倒|摔)[^，。；]{0,8}不动|一动不动|"
        r"倒在(?:地|路|楼|厕|家|床|血|院|田|浴|卫|雪|门|沟)|倒地|"
        rf"{_HEIGHT}[^，。；]{{0,3}}(?:摔|跌|坠|滚|栽)下|坠楼|{_PERSON}从[^，。；]{{0,8}}掉[下了]|"
        rf"{_BURIED}|{_CRASH}|"
        r"被?(?:毒?蛇|疯狗)咬|毒蛇咬|马蜂(?:蜇|叮)|(?:烫|烧)伤(?!膏|药|后|换药|的?疤)|羊水破|"
        r"要生了|(?:快|快要)不行了|救护车|"
        r"\bunconscious|\bunresponsive|\bfainted|\bpassed out|\bcollapsed|not (?:breathing|"
        r"responding|waking|moving)|\bh[au]ng(?:ed)? (?:him|her|my)self|"
        r"heart attack|cardiac arrest|(?:having|had|has) a (?:stroke|seizure)|"
        r"asthma attack|\bchok(?:ing|ed)|bleeding (?:badly|heavily|a lot|to death)|"
        r"won't stop bleeding|"
        r"\boverdos|\bpoison|(?:drank|swallowed|drunk) [\w ]{0,12}(?:pesticide|bleach|weed ?killer|"
        r"pills)|\bdrown(?:ing|ed)|fell (?:in|into) (?:the|a) (?:\w+ )?(?:river|water|well|pond|"
        r"lake|canal)|"
        r"fell (?:from|off|out of|down) (?:the|a) (?:\w+ )?(?:roof|ladder|stairs|window|balcony|"
        r"tree|building|\w+ floor)|electric shock|\belectrocuted|cut (?:his|her|my|their) wrists?|"
        r"snake ?bite|bitten by a snake|\btrapped under|\bburied under|going into labou?r|"
        r"waters? (?:have |has )?broken?|\bambulance|\bdying\b"
    ),
    FIRE: (
        rf"{_BURNS}|"
        r"着起火|起火|失火|火灾|火势|大火|烧起来|烧着了|冒(?:浓|黑)?烟|浓烟|爆炸|"
        rf"{_GAS}[^，。；]{{0,6}}(?:泄|漏(?!水|油)|味|臭)|闻到[^，。；]{{0,6}}{_GAS}|漏(?:煤|燃|"
        rf"天然|液化)?气|"
        rf"{_BUILT}[^，。；]{{0,4}}(?:塌|垮了|倒了)|{_BURIED}|(?:被?困|"
        rf"关)在?[^，。；]{{0,3}}(?:电梯|火|楼里|车里|洪水|水里)|电梯[^，。；]{{0,4}}困|山洪|"
        rf"泥石流|山体滑坡|被洪水|{_FLOOD}|{_SPARKS}|{_FIRE_EN}|{_SMOKE_EN}|{_LOCKED_IN}|{_FALLS_DOWN}|"
        r"\bon fire\b|(?:house|home|kitchen|building|flat|room) is burning|caught fire|gas leak|"
        r"leaking gas|smell(?:s|ing)? (?:of |like )?gas|smoke (?:is )?(?:coming|everywhere|fill)|"
        r"explosion|exploded|"
        r"(?:house|roof|wall|building) (?:has |have )?(?:collapsed|fallen in|caved)|"
        r"\btrapped (?:in|under)|\bburied under|stuck in (?:the|a) (?:lift|elevator)"
    ),
    POLICE: (
        r"自杀|自尽|自残|不想活(?!动|泼|络)|想死(?!磕)|活不下去|活着没(?:有)?(?:意思|意义)|"
        r"跳[楼河井桥江湖]|上吊|轻生|寻短见|寻死|想不开|结束(?:自己的?)?生命|遗书|"
        rf"{_ARMED}|{_SAVE}|{_TAKEN}|{_KILLED}|{_THIEF}|{_BEATEN}|{_TIRED_OF_LIFE}|{_BREAKS_IN}|{_LOST}|{_SILENT}|{_SAYS_TO_DIE}|{_CUT}|{_CRASH}|打死|杀人|要杀(?![鸡猪鸭鹅鱼羊牛虫菌毒年])|杀了[人我他她自]|"
        rf"砍[人死伤我他她]|捅[人死伤我他她]|捅了?[一两几]?刀|拿着?(?:刀|斧|"
        rf"枪)(?![^，。；]{{0,4}}磨)|持[刀枪械]|行凶|"
        r"家暴|往死里打|被打(?!扫|断|湿|开|磨|破|翻|包|印|理)|殴打|打人|打架|(?:打|掐|"
        r"踢)[我他她](?!的?电话|的?手机|们?的?电话)|(?:老公|丈夫|男人|儿子|爸爸?)(?:又|总|老|天天|"
        r"一直|在)?打(?:老婆|妈|孩子|老人|人)|"
        r"绑架|被拐|拐走|被关(?:在|起)|强奸|强暴|性侵|猥亵|抢劫|入室[抢盗偷行]|救命(?!药|恩|之恩|钱|稻草|"
        r"的药)|报警(?!器|装置|系统|灯|声)|"
        rf"(?:老人|孩子|小孩|娃|爷爷|奶奶|爸|妈|老伴|女儿|儿子|孙子|孙女)[^，。；的]{{0,6}}(?:走失|走丢|失踪|不见了)|"
        r"\bsuicid|kill (?:my|him|her|them)sel|end (?:my|his|her) life|(?:want|wants|going) to die|"
        r"(?:don't|doesn't|not) want to live|cut (?:his|her|my|their) wrists?|\bthreaten|(?:with|"
        r"has|holding|pulled) a (?:knife|gun)|"
        r"been beaten|\b(?:hit(?:s|ting)?|beat(?:s|ing)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|"
        r"chok(?:es|ed|ing)|strangl(?:es|ed|ing)|attack(?:s|ed|ing)|stabb?(?:s|ed|ing)?) (?:me|us|"
        r"him|her|them|somebody|someone|people|my (?:wife|mother|mum|mom|child|son|daughter|"
        r"kids?))\b|"
        r"domestic violence|\bstabbed|\bshooting|trying to kill|\bkidnap|\brape|\bhelp,? help|"
        r"^\s*help[!！]|\b(?:save|rescue) (?:me|us)\b|call the police|(?:missing|lost) (?:child|"
        r"person)"
    ),
}
_DANGER: Final = (
    r"(?:烧炭中毒|呛水|脑梗[死塞]?|煤气中毒|食物中毒|农药中毒|一氧化碳中毒|一氧化碳|中风|中毒|火灾|失火|着火|爆炸|溺水|落水|"
    r"触电|家暴|自杀|自残|心梗|心肌梗死?|"
    r"脑溢血|脑出血|产后出血|(?:高热|小儿)?惊厥|心绞痛|猝死|窒息|昏迷|抢劫|性侵|拐卖|漏气|煤气泄漏|燃气泄漏|烫伤|烧伤|泥石流|"
    r"山体滑坡|山洪)"
)
_LESSON: Final = (
    r"(?:预防|防范|防治|防护|知识|讲座|培训|演练|演习|宣传|科普|课(?![上间堂])|干预|自救|逃生|"
    r"应急演练|急救(?:知识|课|培训|讲座|方法|常识|技能))"
)
# What sounds alike and is harmless: a lesson that touches the word, an illness of long ago, a field that is sprayed.
_LESSONS: Final = re.compile(
    rf"(?:预防|防范|防治|防止|防|怎么防|如何防){_DANGER}(?:和{_DANGER})*(?!了)"
    rf"|(?:讲座|课程|知识|培训|宣传|演练|科普)[:：、]?{_DANGER}(?![了倒晕死过])"
    rf"|(?<![想要]){_DANGER}(?:和{_DANGER})*(?:的|方面的?|时的?|应急)?{_LESSON}(?!车)",
    re.IGNORECASE,
)
_HAPPENING: Final = re.compile(r"有人(?!讲|来讲|教|来教)|突然|正在|快来|刚才|刚刚|救命|救救|现在就|真的")
_CLAUSE: Final = re.compile(r"[^，。；！？,;!?\n]+[，。；！？,;!?\n]*")
_HARMLESS: Final = re.compile(
    r"(?:中风|[心脑]梗|脑梗[死塞]|心肌梗死?|脑溢血|脑出血|心绞痛)(?:的?后遗症|的?康复|恢复期|病史|手术后|支架|"
    r"出院|过(?!来)|后(?=康复|恢复|行动|一直))"
    r"|(?:[一二两三四五六七八九十几\d]年前|去年|前年|以前|曾经|得过|患过)(?![^，。；]{0,8}(?:突然|"
    r"正在))[^，。；]{0,4}(?:中风|[心脑]梗|心肌梗死?|脑溢血|脑出血|出了?车祸|烫伤|烧伤|摔断|骨折)了?"
    r"|(?:摔断|骨折)了?[^，。；血]{0,4}[，,]?(?:现在|一直|还|刚|正)?(?:在家|在医院|卧床)?(?:休养|养伤|养病|静养|养着|康复|恢复|出院|住院)"
    r"|[一二两三四五六七八九十几半\d]个?[天周月年]以?前[^，。；]{0,4}摔断"
    r"|遗书的?(?:公证|认证|鉴定)|(?<!恐)(?:怕|担心|防止|避免|以免|免得)(?:会|再)?触电(?!了)"
    r"|脑梗[死塞]?[，,、]?(?:现在|一直|导致|已经|引起)?(?:行动|偏?瘫|卧床|在家|坐轮椅|半身|走路|腿脚|想请|需要人)"
    r"|[猫狗鸡鸟][^，。；人]{0,8}跳下[来去]?"
    r"|(?<!有)(?:没有?|无)(?:中毒|农药|冒烟|着火|漏气)|(?<![是要])不(?:会)?(?:冒烟|着火|漏气)|"
    r"(?:打|喷|洒|撒|买|卖|送|配)(?:点|些|了)?农药|农药(?:店|瓶|桶|残留|补贴)"
    r"|(?:大火|小火)(?:炒|煮|炖|慢炖)|(?:轮胎|车胎|自行车|气球|轮椅|电动车|"
    r"三轮车)[^，。；]{0,6}漏气|(?:电脑|手机)[^，。；]{0,2}中毒|跳楼(?:价|大甩卖|机)|想死(?:你|"
    r"我们|他们|她们)(?!的心)|想死(?:爷爷|奶奶|外公|外婆|爸爸?|妈妈?)了|吓死|热死|累死(?:我(?:了|都|快|要){0,3}死了)?"
    r"|(?:手机|钥匙|鞋子?|帽子|眼镜|钱包|戒指|水桶|球)[^，。；人孩]{0,3}(?:掉|落)[进到入下]?了?"
    rf"{_WATER}"
    r"|(?:垃圾|污水|渣土|树|杂物|剩饭)(?:都|全|总|被|随便|乱|一直|经常){0,3}倒在"
    r"|\b(?:prevent(?:ing|ion of)?|learn about|lesson on|course on|talk on|talk about|after (?:a|"
    r"the|his|her)) "
    r"(?:(?:preventing|avoiding|a|the|his|her|house|food|child|gas) ){0,2}(?:stroke|poison\w*|"
    r"drowning|fire|suicide|carbon monoxide|overdose|heart attack|gas leaks?|domestic violence|car accident)"
    r"|\b(?:suicide|drowning|poison\w*|heart attack|kidnap\w*|domestic violence|"
    r"rape) (?:prevention|awareness)"
    r"|\bdying to (?!die)\w+|\b(?:we|they) end it all at (?:\d|noon)",
    re.IGNORECASE,
)
# Said of what somebody swallowed: heard before anything is taken for harmless, "bought pesticide and drank it".
_SWALLOWED: Final = re.compile(_DRUNK)
_PATTERNS: Final = {number: re.compile(words, re.IGNORECASE) for number, words in _SAYS.items()}


def numbers_to_call(text: str) -> tuple[str, ...]:
    """Return the emergency numbers that a text calls for, the most urgent first; none when it speaks of no danger."""
    if not text:
        return ()
    rest = _HARMLESS.sub(" ", _CLAUSE.sub(_without_lessons, text.replace("\u2019", "'")))
    swallowed = _SWALLOWED.search(text) is not None
    return tuple(
        number
        for number, words in _PATTERNS.items()
        if words.search(rest) or (number == AMBULANCE and swallowed)
    )


def _without_lessons(clause: re.Match[str]) -> str:
    """Return a clause without its lessons and drills; whole where it says that something is happening."""
    said = clause.group()
    return said if _HAPPENING.search(said) else _LESSONS.sub(" ", said)
