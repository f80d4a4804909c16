using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What the reader noticed in a record, as findings of the package rules.</summary>
internal static class DeviationFindings
{
    private static readonly (RuleInfo Info, Severity Severity)[] ByKind = Map();

    public static void Report(Record record, Report report)
    {
        IReadOnlyList<Deviation> deviations = record.Deviations;
        for (int i = 0; i < deviations.Count; i++)
        {
            Report(deviations[i], report);
        }
    }

    /// <summary>The finding a deviation becomes, outside a record: for tests and documentation.</summary>
    public static Finding Describe(Deviation deviation)
    {
        using Record record = new RecordBuilder().Build();
        var view = new RecordView();
        view.Start(record, RuleSet.For(Releases.Newest, DateOnly.MaxValue), new JudgeContext(DateTime.MinValue), CodeLists.None, DateOnly.MaxValue);
        var report = new Report();
        report.Start(view, 1, visitGoesOn: false);
        Report(deviation, report);
        return report.Take()[0];
    }

    /// <summary>True when the table's rows are missing or incomplete because it could not be read.</summary>
    public static bool Unreadable(DeviationKind kind) => kind is DeviationKind.BadBase64 or DeviationKind.MalformedContent
        or DeviationKind.ForbiddenDtd or DeviationKind.NotUtf8 or DeviationKind.WrongTableContent or DeviationKind.EmptyContent or DeviationKind.OverLimit;

    private static void Report(Deviation deviation, Report report)
    {
        (RuleInfo info, Severity severity) = ByKind[(int)deviation.Kind];
        Breach breach = Breach.As(severity).And("found", deviation.Detail).Showing(deviation.Detail);
        if (Note(deviation.Kind) is { } note) breach.Saying(note);
        report.Add(info, Where(deviation), breach);
    }

    // The rule's own message tells of the worst case; these are milder or more exact.
    private static string? Note(DeviationKind kind) => kind switch
    {
        DeviationKind.InlineXml => "Bảng gửi dạng XML trần, chưa mã hóa base64. Vẫn đọc được; khi gửi sẽ mã hóa lại.",
        DeviationKind.EmptyContent => "NOIDUNGFILE của bảng này để trống. Bỏ FILEHOSO này nếu không có dữ liệu, hoặc xuất lại bảng.",
        DeviationKind.CData => "Nội dung nằm trong CDATA. Vẫn đọc được; khi gửi sẽ ghi lại đúng chuẩn.",
        DeviationKind.ByteOrderMark => "Bảng có dấu BOM ở đầu. Vẫn đọc được; khi gửi sẽ bỏ.",
        DeviationKind.DeclaredEncoding => "Bảng khai báo bảng mã khác UTF-8. Sửa khai báo encoding thành utf-8.",
        DeviationKind.FieldOrderChanges => "Các dòng của bảng không cùng thứ tự trường. Khi gửi sẽ xếp lại đúng chuẩn.",
        DeviationKind.SummaryNotFirst => "XML1 không đứng đầu hồ sơ. Xếp XML1 lên trước.",
        DeviationKind.OverLimit => "Hồ sơ hoặc bảng vượt giới hạn đọc. Tách nhỏ hoặc kiểm tra phần mềm xuất.",
        DeviationKind.UnknownEnvelopeElement => "Khung hồ sơ có thẻ lạ. Bỏ thẻ này.",
        _ => null,
    };

    private static Cell Where(Deviation deviation) => new(
        deviation.Table?.Code() ?? "HOSO", deviation.Row, deviation.Field.Length > 0 ? deviation.Field : null);

    private static (RuleInfo Info, Severity Severity)[] Map()
    {
        var map = new (RuleInfo, Severity)[Enum.GetValues<DeviationKind>().Length];
        foreach (DeviationKind kind in Enum.GetValues<DeviationKind>())
        {
            (string code, Severity severity) = Code(kind);
            map[(int)kind] = (RuleCatalogue.Get(code), severity);
        }

        return map;
    }

    private static (string Code, Severity Severity) Code(DeviationKind kind) => kind switch
    {
        DeviationKind.UnknownField or DeviationKind.NestedElement => ("PKG-FIELD-001", Severity.Warn),
        DeviationKind.DuplicateField => ("PKG-FIELD-004", Severity.Warn),
        DeviationKind.FieldOrderChanges => ("PKG-FIELD-003", Severity.Info),
        DeviationKind.OtherRootElement => ("PKG-INNER-001", Severity.Warn),
        DeviationKind.WrongTableContent => ("PKG-INNER-001", Severity.Block),
        DeviationKind.UnknownLoaiHoSo => ("PKG-LOAI-001", Severity.Block),
        DeviationKind.AssessmentInPackage => ("PKG-LOAI-002", Severity.Block),
        DeviationKind.DuplicateTable => ("PKG-LOAI-003", Severity.Block),
        DeviationKind.SummaryNotFirst => ("PKG-XML1-001", Severity.Warn),
        DeviationKind.EmptyContent or DeviationKind.BadBase64 => ("PKG-B64-001", Severity.Block),
        DeviationKind.InlineXml or DeviationKind.CData => ("PKG-B64-001", Severity.Info),
        DeviationKind.MalformedContent or DeviationKind.OverLimit => ("PKG-XML-001", Severity.Block),
        DeviationKind.ForbiddenDtd => ("PKG-XML-002", Severity.Block),
        DeviationKind.NotUtf8 or DeviationKind.DeclaredEncoding => ("PKG-ENC-001", Severity.Block),
        DeviationKind.ByteOrderMark => ("PKG-ENC-001", Severity.Info),
        _ => ("PKG-ROOT-001", Severity.Warn),
    };
}
