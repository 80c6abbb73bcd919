"""Drum grooves: lanes of sixteenth (or triplet) steps, repeated over the beats of a clip."""

#: Lane letter -> GM percussion key.
KEYS = {
    "k": 36, "s": 38, "h": 42, "o": 46, "c": 39, "r": 51, "t": 37, "m": 45, "b": 56,
    "g": 62, "G": 64, "a": 70, "j": 54, "l": 75, "w": 76, "x": 49, "d": 41,
}  # fmt: skip

#: Groove -> (steps per beat, {lane: pattern}); "X" accent, "x" normal, "." rest, "?" half the time.
GROOVES: dict[str, tuple[int, dict[str, str]]] = {
    "rock": (4, {"k": "X.......X.?.....", "s": "....X.......X...", "h": "x.x.x.x.x.x.x.x."}),
    "punk": (4, {"k": "X..x..X.X..x..X.", "s": "..X...X...X...X.", "o": "x.x.x.x.x.x.x.x."}),
    "funk": (4, {"k": "X..x..x...x..?..", "s": "....X..?.?..X..?", "h": "xxxxxxxxxxxxxxxx"}),
    "house": (4, {"k": "X...X...X...X...", "c": "....X.......X...", "o": "..X...X...X...X.",
                  "h": "x..xx..xx..xx..x"}),
    "techno": (4, {"k": "X...X...X...X...", "h": "..x...x...x...x.", "r": "..?...x...?...x.",
                   "t": "...?......?....?"}),
    "trance": (4, {"k": "X...X...X...X...", "o": "..X...X...X...X.", "c": "....X.......X...",
                   "h": "xxxxxxxxxxxxxxxx"}),
    "disco": (4, {"k": "X...X...X...X...", "s": "....X.......X...", "o": "..X...X...X...X.",
                  "h": "x...x...x...x..."}),
    "swing": (3, {"r": "X..X.xX..X.x", "o": "...x.....x..", "k": "?..?..?..?..", "t": ".........?.."}),
    "shuffle": (3, {"k": "X.....X..?..", "s": "...X.....X..", "h": "x.xx.xx.xx.x"}),
    "reggae": (4, {"k": "........X.......", "t": "....?...X...?...", "h": "x.x.x.x.x.x.x.x."}),
    "ska": (4, {"k": "X.......X.......", "s": "....X.......X...", "h": "..X...X...X...X."}),
    "dembow": (4, {"k": "X...X...X...X...", "s": "...X..X....X..X.", "h": "x.x.x.x.x.x.x.x."}),
    "latin": (4, {"l": "X..X..X...X.X...", "b": "x.x.x.x.x.x.x.x.", "g": "..xx..X...xx..X.",
                  "G": "......X.......XX", "a": "xxxxxxxxxxxxxxxx"}),
    "bossa": (4, {"k": "X..xX..xX..xX..x", "t": "X..X..X...X..X..", "h": "x.x.x.x.x.x.x.x."}),
    "afro": (4, {"k": "X.....X.X.....X.", "b": "X.xX.xX.X.x.X.x.", "a": "xxxxxxxxxxxxxxxx",
                 "g": "...x..X....x.X.."}),
    "hiphop": (4, {"k": "X.....?X..X.....", "s": "....X.......X..?", "h": "x.x.x.x.x.x.x.x."}),
    "lofi": (4, {"k": "X......?..X..?..", "t": "....X.......X...", "h": "x.x.x.x.x.x.x.x."}),
    "trap": (4, {"k": "X.....?...X..?..", "c": "........X.......", "h": "x.x.xxx.x.x.x?xx"}),
    "breaks": (4, {"k": "X.........X.....", "s": "....X..x.x..X..?", "h": "x.x.x.x.x.x.x.x."}),
    "dubstep": (4, {"k": "X.....?.........", "s": "........X.......", "h": "x..x..x.x..x..x."}),
    "march": (4, {"s": "X.xxX.xxX.xxXxxx", "k": "X.......X.......", "x": "?..............."}),
    "metal": (4, {"k": "XxxxXxxxXxxxXxxx", "s": "....X.......X...", "o": "X...X...X...X..."}),
    "waltz": (4, {"k": "X...........", "t": "....x...x..."}),
    "polka": (4, {"k": "X...X...X...X...", "s": "..X...X...X...X."}),
    "hand": (4, {"G": "X.....X...X.....", "g": "...x.x....x..xx.", "j": "....X.......X..."}),
    "tabla": (4, {"G": "X..x..X.X..x....", "g": "..xx.xx..x.xx.xx"}),
    "flamenco": (4, {"c": "..X..x..X..x..X.", "G": "X.....X.....X..."}),
    "taiko": (4, {"d": "X.......X..x....", "m": "....x.......x.xx"}),
    "country": (4, {"k": "X.......X.......", "t": "....X.......X...", "h": "..x...x...x...x."}),
    "chip": (4, {"k": "X...X...X...X...", "s": "....X.......X...", "h": "x.x.x.x.x.x.x.x."}),
    "epic": (4, {"d": "X..x..X...x.X...", "m": "....x...x.......", "x": "X..............."}),
}  # fmt: skip
