#!/usr/bin/env python3
"""Makes the specimens beside this file. All texts in them are ours.

python3 -m venv V && V/bin/pip install python-docx==1.2.0 reportlab==4.4.4 openpyxl==3.1.5 pikepdf pillow
V/bin/python make.py          (needs DejaVu Sans in /usr/share/fonts/truetype/dejavu)
"""
import io, pathlib, unicodedata, zipfile
import docx, openpyxl, pikepdf
from docx.enum.text import WD_BREAK
from PIL import Image, ImageDraw
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph, SimpleDocTemplate, Spacer, Table

HERE = pathlib.Path(__file__).parent
FONTS = "/usr/share/fonts/truetype/dejavu/"
pdfmetrics.registerFont(TTFont("V", FONTS + "DejaVuSans.ttf")); pdfmetrics.registerFont(TTFont("VB", FONTS + "DejaVuSans-Bold.ttf"))
TEXT = ParagraphStyle("t", fontName="V", fontSize=9.5, leading=13, alignment=4, spaceAfter=5)
TITLE = ParagraphStyle("h", fontName="VB", fontSize=15, leading=19, spaceAfter=8)
LEFT = [
    "Cột trái mở đầu: tổng sản phẩm trên địa bàn năm 2025 ước đạt 17.970 tỷ đồng, tăng 8,02% so với năm trước; quy mô kinh tế của tỉnh tiếp tục được mở rộng và đời sống của người dân được cải thiện.",
    "Thu ngân sách nhà nước trên địa bàn đạt 1.779,5 tỷ đồng. Tổng vốn đầu tư toàn xã hội trong giai đoạn 2021-2025 vượt 81.844 tỷ đồng, trong đó vốn của khu vực ngoài nhà nước tăng nhanh.",
    "Du lịch đón hơn 1,45 triệu lượt khách; các sản phẩm du lịch văn hóa, lịch sử và sinh thái được làm mới, hạ tầng được đầu tư, chất lượng phục vụ được nâng lên rõ rệt. Hết cột trái.",
]
RIGHT = [
    "Cột phải mở đầu: tỷ lệ hộ nghèo giảm 3,51 điểm phần trăm, còn 17,78%; toàn tỉnh đã xóa 7.365 nhà tạm, nhà dột nát cho hộ nghèo và hộ cận nghèo, đạt toàn bộ kế hoạch của năm.",
    "Năm 2026, tỉnh phấn đấu đạt tốc độ tăng trưởng 11%; giải ngân vốn đầu tư công đạt 100% kế hoạch được giao ngay từ đầu năm; không để nợ đọng và không để dồn việc vào cuối năm.",
    "Các sở, ngành và địa phương chịu trách nhiệm về kết quả theo tinh thần rõ người, rõ việc, rõ thời gian, rõ trách nhiệm và rõ sản phẩm cuối cùng. Hết cột phải.",
]


def two_columns():
    class Doc(BaseDocTemplate): pass
    doc = Doc(str(HERE / "hai-cot.pdf"), pagesize=A4, title="Báo cáo hai cột", invariant=1)
    w, h = A4
    top = Frame(50, h - 130, w - 100, 80, id="top"); left = Frame(50, 80, (w - 120) / 2, h - 220, id="l"); right = Frame(50 + (w - 120) / 2 + 20, 80, (w - 120) / 2, h - 220, id="r")
    def foot(c, d): c.setFont("V", 8); c.drawCentredString(w / 2, 40, f"Trang {d.page}")
    doc.addPageTemplates([PageTemplate(id="p", frames=[top, left, right], onPage=foot)])
    doc.build([Paragraph("Kinh tế - xã hội của tỉnh trong năm 2025", TITLE), FrameBreak(), *[Paragraph(p, TEXT) for p in LEFT], FrameBreak(), *[Paragraph(p, TEXT) for p in RIGHT]])


ROWS = [
    ("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch 2026"),
    ("1", "Tốc độ tăng tổng sản phẩm trên địa bàn (giá so sánh)", "%", "11"),
    ("2", "Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", "2.150,5"),
    ("3", "Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều của giai đoạn 2022-2025, cuối năm", "%", "14,78"),
    ("4", "Diện tích mắc ca", "ha", ""),
]


def tables():
    cell = ParagraphStyle("c", fontName="V", fontSize=9, leading=11)
    lead = Paragraph("Các chỉ tiêu chủ yếu của năm 2026 được giao như sau:", TEXT)
    for name, lines in (("bang-ke.pdf", True), ("bang-khong-ke.pdf", False)):
        rows = [[Paragraph(x, cell) if lines else x for x in r] for r in (ROWS if lines else [(a, b[:34], c, d) for a, b, c, d in ROWS])]
        t = Table(rows, colWidths=[30, 220, 80, 90])
        t.setStyle([("FONT", (0, 0), (-1, -1), "V", 9), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("ALIGN", (3, 0), (3, -1), "RIGHT")] + ([("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if lines else []))
        SimpleDocTemplate(str(HERE / name), pagesize=A4, title="Bảng", invariant=1).build([lead, t, Spacer(1, 12), Paragraph("Đoạn văn sau bảng vẫn đứng sau bảng.", TEXT)])


def one_page(path, draw):
    c = canvas.Canvas(str(path), pagesize=A4, invariant=1); draw(c); c.showPage(); c.save()


def odd_pdfs():
    def line(c): c.setFont("V", 11); c.drawString(60, 780, "Tỷ lệ che phủ rừng đạt 45,5%.")
    one_page(HERE / "mo.pdf", line)
    with pikepdf.open(HERE / "mo.pdf") as f:
        f.save(HERE / "khoa.pdf", encryption=pikepdf.Encryption(user="bi-mat", owner="bi-mat", R=6), deterministic_id=False)
        f.save(HERE / "khoa-quyen.pdf", encryption=pikepdf.Encryption(user="", owner="bi-mat", R=4), deterministic_id=False)
    (HERE / "mo.pdf").unlink()
    image = Image.new("L", (400, 560), 255); ImageDraw.Draw(image).text((40, 60), "scan", fill=0)
    data = io.BytesIO(); image.save(data, "PNG")
    from reportlab.lib.utils import ImageReader
    one_page(HERE / "quet.pdf", lambda c: c.drawImage(ImageReader(io.BytesIO(data.getvalue())), 0, 0, *A4))


FOOTNOTES = """<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1"><w:p><w:r><w:t>Theo giá so sánh 2010 &amp; số liệu ước tính.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def word():
    d = docx.Document(); d.core_properties.title = "Báo cáo thử"
    d.sections[0].header.paragraphs[0].text = "UBND TỈNH - Bản thử số 12"
    d.add_heading("Kết quả năm 2025", 1)
    p = d.add_paragraph("Tổng sản phẩm đạt "); p.add_run("17.970").bold = True; p.add_run(" tỷ đồng,"); p.add_run().add_break(WD_BREAK.LINE); p.add_run("tăng 8,02%.")
    d.add_paragraph(unicodedata.normalize("NFD", "Tỷ lệ hộ nghèo giảm còn 17,78%."))
    d.add_heading("Nhiệm vụ", 2)
    for x in ("Giảm nghèo 3%/năm", "Trồng mới 1.200 ha mắc ca"): d.add_paragraph(x, style="List Bullet")
    t = d.add_table(rows=4, cols=3, style="Table Grid")
    for r, row in enumerate([("Chỉ tiêu", "Đơn vị", "2025"), ("Nông nghiệp", "%", "4,1"), ("", "tỷ đồng", "3.057"), ("Rừng", "%", "")]):
        for c, x in enumerate(row): t.cell(r, c).text = x
    t.cell(1, 0).merge(t.cell(2, 0))
    d.add_paragraph("Sau bảng.")
    buffer = io.BytesIO(); d.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(HERE / "bao-cao.docx", "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist(): new.writestr(zipfile.ZipInfo(item.filename, (2026, 1, 1, 0, 0, 0)), old.read(item), zipfile.ZIP_DEFLATED)
        new.writestr(zipfile.ZipInfo("word/footnotes.xml", (2026, 1, 1, 0, 0, 0)), FOOTNOTES, zipfile.ZIP_DEFLATED)


def book():
    b = openpyxl.Workbook(); s = b.active; s.title = "Biểu 1"
    for row in (["Chỉ tiêu kinh tế - xã hội"], [], ["TT", "Chỉ tiêu", "Đơn vị", 2024, 2025], [1, "Tăng trưởng GRDP", "%", 8.51, 7.34], [2, "Hộ nghèo", "tỷ lệ", 0.2129, 0.1778], [3, "GRDP", "đồng", 16263220000000, 17970000000000], [None, "Ghi chú: số ước"]): s.append(row)
    for c in ("D5", "E5"): s[c].number_format = "0.00%"
    for c in ("D6", "E6"): s[c].number_format = "#,##0"
    h = b.create_sheet("Nháp"); h["A1"] = "không đọc"; h.sheet_state = "hidden"
    e = b.create_sheet("English"); e["C3"] = "Growth (%)"; e["D3"] = 10.5; e["XFD1048576"] = "far out"
    b.save(HERE / "so-lieu.xlsx")


for make in (two_columns, tables, odd_pdfs, word, book): make()
