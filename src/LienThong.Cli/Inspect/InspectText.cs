using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;

namespace LienThong.Cli.Inspect;

/// <summary>What a file holds, for people.</summary>
internal static class InspectText
{
    private const int MostDeviations = 20;

    /// <summary>Prints it.</summary>
    /// <returns>Whether the file could be read to its end.</returns>
    public static bool Print(string path, long bytes, PackageReader reader)
    {
        TextWriter to = Screen.Out;
        to.WriteLine($"{Words.Plain(path, 4096)} · {Words.Size(bytes)}");
        bool first = true;
        while (reader.Read(out Record? record))
        {
            if (first) Envelope(to, reader);
            first = false;
            Write(to, record, reader.Header.FacilityCode);
        }

        if (first) Envelope(to, reader);
        to.WriteLine();
        to.WriteLine($"Tìm thấy {reader.Count} hồ sơ{(reader.Header.DeclaredCount is { } declared ? $", khung ghi {declared}" : "")}; {(reader.HasSignature ? "có" : "chưa có")} chữ ký.");
        foreach (Problem problem in reader.Problems)
        {
            string place = problem.Line is { } line ? $"dòng {line}, vị trí {problem.Position ?? 1}: " : "";
            to.WriteLine($"  {Words.Label(problem.Severity)}  {place}{Words.Plain(problem.Message, 1000)} [{problem.Code}]");
        }

        return InspectRun.IsWhole(reader.Problems);
    }

    private static void Envelope(TextWriter to, PackageReader reader)
    {
        string kind = reader.Kind switch
        {
            DocumentKind.Package => "hồ sơ điều trị (GIAMDINHHS)",
            DocumentKind.CheckIn => "check-in (CHI_TIEU_TRANG_THAI_KCB)",
            DocumentKind.MedicalAssessment => "giám định y khoa (CHI_TIEU_GIAM_DINH_YKHOA)",
            _ => "không nhận ra",
        };
        to.WriteLine($"  Loại        {kind}");
        if (reader.Kind != DocumentKind.Package) return;
        to.WriteLine($"  MACSKCB     {Words.Plain(reader.Header.FacilityCode, 40)}");
        to.WriteLine($"  NGAYLAP     {Words.Plain(reader.Header.CreatedOn, 40)}");
    }

    private static void Write(TextWriter to, Record record, string facility)
    {
        to.WriteLine();
        string maLk = Identity.MaLk(record);
        to.WriteLine($"Hồ sơ {record.Index + 1} · {(maLk.Length == 0 ? "không có MA_LK" : Words.Plain(maLk, 80))} · cơ sở {Words.Plain(Identity.MaCskcb(record, facility), 20)} · "
            + $"{InspectRun.ReleaseOf(record)?.DecisionNumber ?? "không rõ chuẩn"}{(record.IsDamaged ? " · HỎNG MỘT PHẦN" : "")}");
        foreach (Table table in InspectRun.Tables(record)) to.WriteLine($"  {table.Id.Code(),-6} {table.Count,7} dòng  {Words.Size(InspectRun.Size(table)),10}");
        int told = 0;
        foreach (Deviation deviation in record.Deviations)
        {
            if (told++ == MostDeviations)
            {
                to.WriteLine($"  … và {record.Deviations.Count - MostDeviations} chỗ khác thường nữa.");
                return;
            }

            to.WriteLine($"  {Place(deviation)}: {Meaning(deviation.Kind)}{(deviation.Detail.Length > 0 ? $" ({Words.Plain(deviation.Detail, 120)})" : "")}");
        }
    }

    private static string Place(Deviation deviation)
    {
        string table = deviation.Table?.Code() ?? "hồ sơ";
        string row = deviation.Row is { } r ? $"[{r}]" : "";
        return $"{table}{row}{(deviation.Field.Length > 0 ? "." + Words.Plain(deviation.Field, 60) : "")}";
    }

    private static string Meaning(DeviationKind kind) => kind switch
    {
        DeviationKind.UnknownField => "trường không có trong chuẩn",
        DeviationKind.DuplicateField => "trường lặp lại, lấy giá trị đầu",
        DeviationKind.FieldOrderChanges => "thứ tự trường không giống nhau giữa các dòng",
        DeviationKind.OtherRootElement => "tên thẻ gốc hoặc danh sách khác chuẩn",
        DeviationKind.WrongTableContent => "nội dung không phải của bảng này",
        DeviationKind.UnknownLoaiHoSo => "LOAIHOSO không có trong chuẩn",
        DeviationKind.AssessmentInPackage => "XML12 nằm trong gói hồ sơ",
        DeviationKind.DuplicateTable => "bảng có hai lần",
        DeviationKind.SummaryNotFirst => "XML1 không đứng đầu",
        DeviationKind.EmptyContent => "NOIDUNGFILE rỗng",
        DeviationKind.BadBase64 => "NOIDUNGFILE không phải base64 hay XML",
        DeviationKind.MalformedContent => "XML của bảng bị hỏng",
        DeviationKind.ForbiddenDtd => "có khai báo DTD/thực thể, bị từ chối",
        DeviationKind.NotUtf8 => "không phải UTF-8",
        DeviationKind.DeclaredEncoding => "khai báo mã ký tự khác UTF-8",
        DeviationKind.ByteOrderMark => "có dấu BOM",
        DeviationKind.InlineXml => "XML đặt thẳng, không mã hóa base64",
        DeviationKind.CData => "dùng CDATA",
        DeviationKind.NestedElement => "có thẻ con bên trong trường",
        DeviationKind.OverLimit => "vượt giới hạn kích thước",
        DeviationKind.UnknownEnvelopeElement => "thẻ lạ trong hồ sơ",
        _ => kind.ToString(),
    };
}
