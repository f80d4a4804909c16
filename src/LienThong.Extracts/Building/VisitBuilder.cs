using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>
/// Turns visits into records of the release in force on their discharge day: keys and numbers of rows, joined lists, amounts of every line
/// and of the record, only the tables that the visit needs, papers filled from what the visit already says. Pure: the same visit, options and
/// dated data give the same record.
/// </summary>
/// <remarks>QĐ 130/QĐ-BYT as amended by QĐ 4750, QĐ 3176 and QĐ 1931; amounts by Luật BHYT điều 22, NĐ 188/2025/NĐ-CP, TT 39/2024/TT-BYT.</remarks>
public static class VisitBuilder
{
    // Older layouts lack fields that the model is named after; such records come as packages or through conversion.
    private static readonly Release Oldest = Releases.Get("QD3176");

    /// <summary>Builds the record of a visit that was read without blocking problems.</summary>
    public static BuiltVisit Build(Visit visit, BuildOptions options)
    {
        if (ReleaseOf(visit, options, out ExtractProblem? problem) is not { } release) return new BuiltVisit(null, null, [problem!], null);
        var draft = new Draft(visit, release, options);
        SummaryTable.Write(draft);
        if (draft.IsInsured || options.Uninsured == UninsuredTables.All || visit[VisitFields.Visit.MA_DOITUONG_KCB] != "9")
        {
            CostTables.Write(draft);
            ClinicalTables.Write(draft);
        }
        else
        {
            CostTables.WriteNothing(draft);
        }

        SummaryTable.Finish(draft);
        PaperTables.Write(draft);
        return draft.Problems.Exists(p => p.Severity == Severity.Block)
            ? new BuiltVisit(null, null, draft.Problems, null)
            : new BuiltVisit(Finish(draft.Record, release), release, draft.Problems, draft.Trace);
    }

    /// <summary>
    /// The check-in (XML0) of a visit as far as it has come: what was ordered first, or first after admission; null before the first cost and for
    /// emergencies, which need none (QĐ 130/QĐ-BYT điều 3, sửa bởi QĐ 4750).
    /// </summary>
    public static Record? BuildCheckIn(Visit visit, bool afterAdmission)
    {
        if (ReleaseOf(visit, BuildOptions.Default with { AllowsOpen = true }, out _) is not { } release) return null;
        var draft = new Draft(visit, release, BuildOptions.Default);
        SummaryTable.Write(draft);
        return CheckInTable.Write(draft, afterAdmission) is { } record ? Finish(record, release) : null;
    }

    private static Record Finish(RecordBuilder record, Release release)
    {
        for (int table = 0; table < TableNames.Count; table++)
        {
            foreach (RowBuilder row in record.Rows((TableId)table)) row.FillWith(release);
        }

        return record.Build();
    }

    private static Release? ReleaseOf(Visit visit, BuildOptions options, out ExtractProblem? problem)
    {
        problem = null;
        bool ended = visit[VisitFields.Visit.NGAY_RA].Length > 0;
        if (!ended && !options.AllowsOpen)
        {
            problem = Problem("Lượt khám chưa kết thúc (NGAY_RA trống).", "Gửi lại khi lượt khám kết thúc; muốn kiểm tra trước thì dùng /api/v1/check.");
            return null;
        }

        DateOnly day = ValueForm.AsDay(visit[ended ? VisitFields.Visit.NGAY_RA : VisitFields.Visit.NGAY_VAO]) ?? default;
        Release? release = Releases.InForceOn(day);
        if (release?.MandatoryFrom >= Oldest.MandatoryFrom) return release;
        problem = Problem($"Lượt khám ngày {day:dd/MM/yyyy} thuộc chuẩn cũ hơn {Oldest.DecisionNumber}.", "Gửi gói XML do HIS lập theo chuẩn của ngày đó.");
        return null;

        ExtractProblem Problem(string message, string fix) => new(
            ExtractCodes.Build, Severity.Block, message, fix, visit[SectionId.Visit] is [{ } row, ..] ? row.Place.File ?? "" : "",
            visit[SectionId.Visit] is [{ } main, ..] ? main.Place.Line : 0, "NGAY_RA", Visit: visit.Key);
    }
}
