"""Token ids of BERT's tokenizer from Hugging Face's tokenizers, for src/features/news/wordpiece.ts.

Usage: python3 bench/peers/wordpiece_vectors.py > src/features/news/vectors/wordpiece.json
"""

import json
import random

import tokenizers
from tokenizers import BertWordPieceTokenizer

WORDS = """the profit profits beat beats rise rises rose fell fall falls of in and not a share shares price company reports net
##s ##ed ##ing ##er ##est up ##graded down ##grade un ##expected ##ly re ##calls cafe resume naive strasse fiance ##e
stock market 中 国 平 安 利 润 大 增 跌 停 公 司 ##公 ! " # $ % & ' ( ) * + , - . / : ; < = > ? @ [ \\ ] ^ _ ` { | } ~ 。 ， 、 “ ” …
0 1 2 3 5 ##0 ##1 ##5 10 100 q3 ##q 20 ##20 usd eur ß ##ß é É the The Profit ı i ##i""".split()
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list(dict.fromkeys(WORDS))
TEXTS = [
    "",
    "   ",
    "The company reports net profits.",
    "Profit BEATS; shares rose 10% to $100!",
    "unexpectedly upgraded, not downgraded",
    "Café résumé naïve fiancée Straße É",
    "cafe\u0301 re\u0301sume\u0301",
    "中国平安利润大增，公司跌停。",
    "中国company公司2020Q3",
    "zero\u200bwidth\u00a0space\u3000wide\ttab\nline\r\nend",
    "null\x00char\ufffdreplaced\x07bell",
    "emoji 🚀 profit 📈 and “quotes” … “中”",
    "x" * 100 + " " + "s" * 101 + " profit",
    "shares-price share's U.S.A. e-mail@company.com https://a.b/c?d=e&f",
    "İstanbul ı I i",
    "ﬁne print ½ ² ①",
    "Ω Å \u212b ϓ",
    "_under_score_ ^caret` ~tilde |pipe| +plus= <tag>",
    "𠀀𠀁 extension \U0002b825 豈",
    "unknownword profit unprofit",
    "rises " * 40,
]
random.seed(7)
ALPHABET = "abeprstfi ÉéßİıΣς中国公0159$%.,-'\u0301\u200d\u00a0🚀“"
TEXTS += ["".join(random.choice(ALPHABET) for _ in range(random.randint(5, 40))) for _ in range(120)]

cases = []
for lowercase in (True, False):
    # `strip_accents` follows `lowercase`, as in BERT; special tokens in a text are text with us, so none stands in one.
    tokenizer = BertWordPieceTokenizer(vocab={token: i for i, token in enumerate(VOCABULARY)}, lowercase=lowercase)
    for limit in (512, 12):
        tokenizer.enable_truncation(limit)
        cases.append({"lowercase": lowercase, "maxTokens": limit, "ids": [tokenizer.encode(text).ids for text in TEXTS]})

print(
    json.dumps(
        {"made": f"tokenizers {tokenizers.__version__}", "vocabulary": VOCABULARY, "texts": TEXTS, "cases": cases},
        ensure_ascii=True,
        separators=(",", ":"),
    )
)
