"""Traditional characters folded to the simplified ones: those that names of people are still written with."""

from typing import Final

_PAIRS: Final = (
    "張张陳陈劉刘楊杨趙赵黃黄吳吴孫孙馬马蘭兰羅罗鄭郑謝谢韓韩馮冯鄧邓許许蕭萧葉叶蔣蒋盧卢鐘钟鍾钟陸陆譚谭範范賈贾鄒邹韋韦龍龙萬万錢钱湯汤龔龚"
    "賴赖關关齊齐嚴严莊庄紀纪聶聂顧顾呂吕餘余蘇苏貝贝費费畢毕華华喬乔項项閻阎談谈歐欧陽阳諸诸東东單单婁娄衛卫塗涂儲储鮑鲍鳳凤駱骆溫温應应樂乐時时"
    "鄔邬竇窦邊边鄺邝賓宾車车強强繆缪習习倫伦國国麗丽蓮莲貴贵寶宝銀银愛爱瓊琼豔艳艷艳紅红錦锦鋒锋鋼钢鐵铁鈞钧銘铭銳锐鎮镇鵬鹏鴻鸿鶴鹤飛飞勝胜"
    "勳勋勛勋偉伟傑杰億亿儀仪優优軍军輝辉運运達达遠远連连進进選选貞贞財财賢贤贊赞賜赐贏赢啟启啓启員员嬌娇嫻娴學学實实寧宁將将島岛嵐岚嶺岭峯峰廣广"
    "慶庆憶忆懷怀戰战擇择揚扬暉晖曉晓曄晔會会書书棟栋榮荣樹树橋桥權权歡欢歲岁滿满漢汉澤泽潔洁潤润濤涛濱滨濟济瀾澜燈灯煒炜燦灿燁烨爾尔獻献瑪玛"
    "瑋玮環环瑩莹璽玺發发碩硕禮礼禎祯穎颖積积節节紹绍緒绪維维綱纲綠绿緯纬縣县繼继續续績绩義义聖圣聰聪聲声職职聯联興兴舉举藝艺蘊蕴親亲觀观訓训詩诗"
    "誠诚語语諾诺謙谦議议讓让豐丰貽贻軒轩鄉乡鈴铃錄录鏡镜長长門门開开閑闲閣阁陰阴雙双雲云靈灵靜静韻韵順顺頌颂領领頤颐願愿顯显風风駿骏驊骅魯鲁黨党"
    "齡龄來来備备傳传剛刚創创劍剑協协圓圆園园堅坚壽寿夢梦婭娅寬宽尋寻彥彦從从恆恒憲宪於于曇昙楨桢構构機机氣气沖冲淨净淵渊漸渐為为畫画祿禄競竞純纯"
    "綺绮綿绵緣缘纖纤羣群聞闻肅肃蒼苍薈荟藍蓝覺觉詠咏諒谅謹谨賀贺賽赛躍跃載载輔辅邁迈鏗铿閔闵雋隽霽霁顏颜騰腾鳴鸣鸞鸾點点葦苇"
)
_SIMPLE: Final = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))


def simplified(text: str) -> str:
    """Return a text with its traditional characters simplified, each where it stood, as far as they are known here."""
    return text.translate(_SIMPLE)
