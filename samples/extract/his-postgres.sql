-- An invented hospital system (HIS) on PostgreSQL: names of tables and columns are its own, nobody in it exists.
-- 300 outpatient visits of facility 99001 in July 2026. Every table of a visit moves luot_kham.cap_nhat, which is what a source reads by.

CREATE TABLE benh_nhan (
  ma_bn TEXT PRIMARY KEY,
  ho_ten TEXT NOT NULL,
  ngay_sinh DATE NOT NULL,
  gioi_tinh SMALLINT NOT NULL,
  so_cccd TEXT,
  dia_chi TEXT
);

CREATE TABLE luot_kham (
  ma_lk TEXT PRIMARY KEY,
  ma_bn TEXT NOT NULL REFERENCES benh_nhan (ma_bn),
  so_benh_an TEXT NOT NULL,
  vao TIMESTAMP NOT NULL,
  ra TIMESTAMP,
  thanh_toan TIMESTAMP,
  ly_do TEXT,
  ket_qua SMALLINT,
  khoa TEXT NOT NULL,
  bac_si TEXT NOT NULL,
  cap_nhat TIMESTAMP NOT NULL
);
CREATE INDEX luot_kham_moc ON luot_kham (cap_nhat, ma_lk);

CREATE TABLE the_bhyt (
  ma_lk TEXT NOT NULL REFERENCES luot_kham (ma_lk),
  so_the TEXT NOT NULL,
  noi_dang_ky TEXT NOT NULL,
  tu_ngay DATE NOT NULL,
  den_ngay DATE NOT NULL
);
CREATE INDEX the_bhyt_lk ON the_bhyt (ma_lk);

CREATE TABLE chan_doan (
  ma_lk TEXT NOT NULL REFERENCES luot_kham (ma_lk),
  thu_tu INTEGER NOT NULL,
  icd TEXT NOT NULL,
  ten TEXT NOT NULL
);
CREATE INDEX chan_doan_lk ON chan_doan (ma_lk);

CREATE TABLE thuoc (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ma_lk TEXT NOT NULL REFERENCES luot_kham (ma_lk),
  ma_thuoc TEXT NOT NULL,
  ten TEXT NOT NULL,
  don_vi TEXT NOT NULL,
  ham_luong TEXT NOT NULL,
  so_luong NUMERIC(10,3) NOT NULL,
  don_gia NUMERIC(15,3) NOT NULL,
  y_lenh TIMESTAMP NOT NULL
);
CREATE INDEX thuoc_lk ON thuoc (ma_lk);

CREATE TABLE dich_vu (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ma_lk TEXT NOT NULL REFERENCES luot_kham (ma_lk),
  loai TEXT NOT NULL,
  ma_dv TEXT NOT NULL,
  ten TEXT NOT NULL,
  so_luong NUMERIC(10,2) NOT NULL,
  don_gia NUMERIC(15,2) NOT NULL,
  y_lenh TIMESTAMP NOT NULL,
  thuc_hien TIMESTAMP
);
CREATE INDEX dich_vu_lk ON dich_vu (ma_lk);

INSERT INTO benh_nhan
SELECT 'BN' || lpad(i::text, 6, '0'), (ARRAY['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng'])[1 + i % 5] || ' ' || (ARRAY['Văn', 'Thị', 'Đức', 'Ngọc'])[1 + i % 4] || ' Thử ' || i,
  DATE '1950-01-15' + i * 77, 1 + i % 2, NULL, 'Số ' || i || ', đường Thử Nghiệm'
FROM generate_series(1, 300) i;

-- Ten visits share each moment of change: a source must go on within them.
INSERT INTO luot_kham
SELECT 'HIS' || lpad(i::text, 6, '0'), 'BN' || lpad(i::text, 6, '0'), '2026-' || lpad(i::text, 6, '0'),
  TIMESTAMP '2026-07-01 07:30' + (i / 10) * INTERVAL '1 day' + (i % 10) * INTERVAL '17 minutes',
  TIMESTAMP '2026-07-01 10:00' + (i / 10) * INTERVAL '1 day' + (i % 10) * INTERVAL '17 minutes',
  TIMESTAMP '2026-07-01 10:05' + (i / 10) * INTERVAL '1 day' + (i % 10) * INTERVAL '17 minutes',
  'Đau đầu, mệt mỏi', 1, 'K01', '000' || (100 + i % 7) || '/TEST-CCHN',
  TIMESTAMP '2026-07-01 16:00:00.123456' + (i / 10) * INTERVAL '1 day'
FROM generate_series(1, 300) i;

INSERT INTO the_bhyt
SELECT 'HIS' || lpad(i::text, 6, '0'), 'GD4' || '99' || lpad((9000000000 + i)::text, 10, '0'), '99001', DATE '2026-01-01', DATE '2026-12-31'
FROM generate_series(1, 300) i WHERE i % 10 <> 0;

INSERT INTO chan_doan
SELECT 'HIS' || lpad(i::text, 6, '0'), 1, (ARRAY['J00', 'I10', 'K29.7'])[1 + i % 3], (ARRAY['Viêm mũi họng cấp', 'Tăng huyết áp', 'Viêm dạ dày'])[1 + i % 3]
FROM generate_series(1, 300) i
UNION ALL
SELECT 'HIS' || lpad(i::text, 6, '0'), 2, 'E78.5', 'Tăng lipid máu' FROM generate_series(3, 300, 3) i;

INSERT INTO thuoc (ma_lk, ma_thuoc, ten, don_vi, ham_luong, so_luong, don_gia, y_lenh)
SELECT 'HIS' || lpad(i::text, 6, '0'), '40.' || (100 + j), (ARRAY['Paracetamol', 'Amlodipin', 'Omeprazol'])[j], 'Viên', (ARRAY['500mg', '5mg', '20mg'])[j], 10 + j, 1500.5 * j,
  TIMESTAMP '2026-07-01 08:30' + (i / 10) * INTERVAL '1 day' + (i % 10) * INTERVAL '17 minutes'
FROM generate_series(1, 300) i, generate_series(1, 3) j WHERE (i + j) % 4 <> 0;

INSERT INTO dich_vu (ma_lk, loai, ma_dv, ten, so_luong, don_gia, y_lenh, thuc_hien)
SELECT 'HIS' || lpad(i::text, 6, '0'), 'KB', '02.1896', 'Khám Nội', 1, 50600, TIMESTAMP '2026-07-01 07:45' + (i / 10) * INTERVAL '1 day' + (i % 10) * INTERVAL '17 minutes', NULL
FROM generate_series(1, 300) i
UNION ALL
SELECT 'HIS' || lpad(i::text, 6, '0'), 'XN', '23.0075.1494', 'Định lượng Glucose [Máu]', 1, 22400, TIMESTAMP '2026-07-01 08:00' + (i / 10) * INTERVAL '1 day' + (i % 10) * INTERVAL '17 minutes',
  TIMESTAMP '2026-07-01 08:20' + (i / 10) * INTERVAL '1 day' + (i % 10) * INTERVAL '17 minutes'
FROM generate_series(2, 300, 2) i;
