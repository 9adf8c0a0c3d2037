# Words that every page and command shares.
count-figures = { $count } số liệu
range-from-to = từ { $low } đến { $high }

bound-gt-value = trên { $value }
bound-ge-value = từ { $value } trở lên
bound-lt-value = dưới { $value }
bound-le-value = không quá { $value }
bound-approx-value = khoảng { $value }

kind-actual = kết quả
kind-estimate = ước tính
kind-target = chỉ tiêu
kind-request = đề nghị
kind-other = khác

measure-level = mức
measure-growth = tốc độ tăng
measure-change = mức tăng, giảm
measure-share = tỷ trọng

bound-eq = bằng
bound-gt = trên
bound-ge = ít nhất
bound-lt = dưới
bound-le = không quá
bound-approx = khoảng
bound-range = trong khoảng

edition-estimate = ước tính
edition-preliminary = sơ bộ
edition-official = chính thức

direction-up = càng cao càng tốt
direction-down = càng thấp càng tốt
direction-none = không xét cao thấp

price-current = giá hiện hành
price-constant = giá so sánh { $year }

place-file = tệp “{ $value }”
place-page = trang { $value }
place-sheet = trang tính “{ $value }”
place-row = dòng { $value }
place-column = cột “{ $value }”
place-cell = ô { $value }

diagnostic-other = Có điểm chưa dùng được (mã { $code }). { $data }
