#!/usr/bin/python3
"""Makes the fonts of the pages from the npm package @fontsource/be-vietnam-pro (OFL 1.1).

usage: make.py FOLDER_OF_THE_PACKAGE/files
The text fonts are copied as they are. Be Vietnam Pro has figures of different widths only, so that columns of numbers
do not line up; the "figures" fonts hold digits and the signs beside them, each digit set in the middle of one width.
"""
import pathlib, shutil, sys
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

source, target = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
WIDTH = {400: 672, 600: 684}
for weight, width in WIDTH.items():
    for part in ("latin", "vietnamese"):
        name = f"be-vietnam-pro-{part}-{weight}-normal.woff2"
        shutil.copy(source / name, target / f"be-vietnam-pro-{part}-{weight}.woff2")
    font = TTFont(source / f"be-vietnam-pro-latin-{weight}-normal.woff2")
    options = Options(); options.layout_features = []; options.flavor = "woff2"; options.name_IDs = ["*"]
    subsetter = Subsetter(options); subsetter.populate(text="0123456789.,%+-–− ")
    subsetter.subset(font)
    names, metrics, glyphs = font.getBestCmap(), font["hmtx"], font["glyf"]
    for digit in "0123456789":
        glyph = names[ord(digit)]
        advance, bearing = metrics[glyph]
        shift = (width - advance) // 2
        glyphs[glyph].coordinates.translate((shift, 0))
        glyphs[glyph].recalcBounds(glyphs)
        metrics[glyph] = (width, bearing + shift)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = record.toUnicode().replace("Be Vietnam Pro", "Be Vietnam Figures").replace("BeVietnamPro", "BeVietnamFigures")
    font.flavor = "woff2"; font.save(target / f"be-vietnam-figures-{weight}.woff2")
