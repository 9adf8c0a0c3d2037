### Báo cáo: chế độ, biểu mẫu, thẩm tra.

web-act-regime = Ban hành chế độ báo cáo
web-act-regime-ended = Bãi bỏ chế độ báo cáo
web-act-report-saved = Nhập số liệu báo cáo
web-act-report-submitted = Gửi báo cáo
web-act-report-verified = Thẩm tra báo cáo
web-act-report-returned = Trả lại báo cáo
web-act-report-accepted = Chấp nhận báo cáo
web-act-report-corrected = Đính chính báo cáo
web-act-report-counted = Đưa số liệu báo cáo vào sổ
web-act-report-recounted = Thay số liệu báo cáo đã đính chính
web-act-report-evidence = Thêm minh chứng cho báo cáo
web-act-report-sample = Chọn ngẫu nhiên báo cáo để kiểm tra
web-act-report-spot-checked = Kiểm tra thực tế số liệu báo cáo
