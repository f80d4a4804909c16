namespace LienThong.Standard;

/// <summary>Everything that can be wrong with a file or its envelope, one line each. A code, once released, keeps its meaning.</summary>
internal static class Problems
{
    private const string ExportAgain = "Xuất lại file từ phần mềm nguồn.";
    private const string NothingToDo = "";

    // Nothing lost: told, and the records go on.
    public static Problem ByteOrderMark() => new("PKG-BOM-001", Severity.Info, "File có dấu BOM ở đầu.", NothingToDo, 1, 1);

    public static Problem Utf16() => new("PKG-ENC-001", Severity.Warn, "File là UTF-16, Cổng chỉ nhận UTF-8.", "Không cần sửa để gửi: gói gửi đi được viết lại bằng UTF-8. Nên chỉnh phần mềm nguồn xuất UTF-8.", 1, 1);

    public static Problem DeclaredUtf16() => new("PKG-ENC-001", Severity.Warn, "File khai báo mã UTF-16 nhưng nội dung là UTF-8.", "Sửa khai báo thành encoding=\"utf-8\" ở phần mềm nguồn.", 1, 1);

    public static Problem OtherEncoding(string name) => new("PKG-ENC-001", Severity.Block, $"File khai báo mã «{name}», Cổng chỉ nhận UTF-8.", "Lưu lại file theo UTF-8.", 1, 1);

    public static Problem NoDeclaration() => new("PKG-DECL-001", Severity.Info, "File không có khai báo XML ở đầu.", NothingToDo, 1, 1);

    public static Problem UnknownElement(string name, long line, long position) => new("PKG-ROOT-002", Severity.Warn, $"Khung hồ sơ có thẻ lạ «{name}».", "Bỏ thẻ này ở phần mềm nguồn; nội dung của nó không được gửi.", line, position, Field: name);

    public static Problem StrayText(long line, long position) => new("PKG-ROOT-003", Severity.Warn, "Khung hồ sơ có chữ nằm ngoài các thẻ.", ExportAgain, line, position);

    public static Problem NoFacility(long line, long position) => new("PKG-MACSKCB-001", Severity.Warn, "Khung hồ sơ thiếu mã cơ sở MACSKCB; lấy theo MA_CSKCB của XML1.", "Ghi MACSKCB ở phần mềm nguồn.", line, position, Field: "MACSKCB");

    public static Problem BadFacility(string value, long line, long position) => new("PKG-MACSKCB-001", Severity.Block, $"Mã cơ sở MACSKCB «{value}» trên khung hồ sơ sai dạng.", "Ghi đúng mã cơ sở 5 ký tự.", line, position, Field: "MACSKCB");

    public static Problem BadCreatedOn(string value, long line, long position) => new("PKG-NGAYLAP-001", Severity.Warn, $"NGAYLAP «{value}» không phải ngày hợp lệ (yyyymmdd) hoặc ở tương lai.", "Sửa ngày lập ở phần mềm nguồn.", line, position, Field: "NGAYLAP");

    public static Problem BadCount(string value, int found) => new("PKG-SOLUONG-001", Severity.Warn, $"SOLUONGHOSO «{value}» không phải số; file có {found} hồ sơ.", "Sửa số lượng ở phần mềm nguồn.", Field: "SOLUONGHOSO");

    public static Problem CountDiffers(int declared, int found) => new("PKG-SOLUONG-001", Severity.Warn, $"SOLUONGHOSO ghi {declared} nhưng file có {found} hồ sơ; mọi hồ sơ tìm thấy đều được xử lý.", declared > found ? "Kiểm tra file có bị cắt mất hồ sơ không, xuất lại nếu thiếu." : "Sửa số lượng ở phần mềm nguồn.", Field: "SOLUONGHOSO");

    // One record lost; its neighbours are read.
    public static Problem BrokenRecord(int hoso, string detail, long line, long position) => new("PKG-XML-001", Severity.Block, $"Hồ sơ thứ {hoso + 1} không phải XML hợp lệ: {detail}.", "Xuất lại hồ sơ này từ phần mềm nguồn; các hồ sơ khác trong file vẫn được đọc.", line, position, hoso);

    public static Problem TruncatedRecord(int hoso, long line, long position) => new("PKG-XML-001", Severity.Block, $"Hồ sơ thứ {hoso + 1} bị cắt ngang, thiếu thẻ đóng HOSO.", "Xuất lại hồ sơ này từ phần mềm nguồn; các hồ sơ khác trong file vẫn được đọc.", line, position, hoso);

    public static Problem DtdInRecord(int hoso, long line, long position) => new("PKG-XML-002", Severity.Block, $"Hồ sơ thứ {hoso + 1} chứa khai báo DTD/thực thể nên bị từ chối vì an toàn.", "Bỏ khai báo này rồi xuất lại.", line, position, hoso);

    public static Problem RecordTooLarge(int hoso, long bytes, long line, long position) => new("PKG-SIZE-001", Severity.Block, $"Hồ sơ thứ {hoso + 1} lớn hơn {bytes / 1024 / 1024} MB nên không được đọc.", "Kiểm tra hồ sơ ở phần mềm nguồn.", line, position, hoso);

    // The rest of the file is lost.
    public static Problem NotXml(string detail, long line, long position) => new("PKG-XML-001", Severity.Block, $"File không phải XML hợp lệ: {detail}.", ExportAgain, line, position);

    public static Problem Dtd(long line, long position) => new("PKG-XML-002", Severity.Block, "File chứa khai báo DTD/thực thể nên bị từ chối vì an toàn.", "Bỏ khai báo này rồi xuất lại.", line, position);

    public static Problem WrongRoot(string found, long line, long position) => new("PKG-ROOT-001", Severity.Block, $"Thẻ gốc «{found}» không phải khung hồ sơ BHYT.", "Dùng khung GIAMDINHHS (hoặc CHI_TIEU_TRANG_THAI_KCB, CHI_TIEU_GIAM_DINH_YKHOA).", line, position);

    public static Problem EmptyFile() => new("PKG-XML-001", Severity.Block, "File rỗng.", ExportAgain, 1, 1);

    public static Problem NoRecord() => new("PKG-ROOT-001", Severity.Block, "File không có hồ sơ nào (HOSO).", ExportAgain);

    public static Problem EnvelopeTooLarge(long line, long position) => new("PKG-SIZE-001", Severity.Block, "Khung hồ sơ quá lớn hoặc lồng quá sâu nên không được đọc tiếp.", ExportAgain, line, position);

    public static Problem DocumentTooLarge(long bytes) => new("PKG-SIZE-001", Severity.Block, $"File lớn hơn {bytes / 1024 / 1024} MB nên không được đọc.", "Tách file nhỏ hơn.");

    public static Problem MoreProblems(int count) => new("PKG-MORE-001", Severity.Warn, $"Còn {count} vấn đề khác trong file không được liệt kê.", ExportAgain);
}
