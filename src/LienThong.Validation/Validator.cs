using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Judges records. Create once and share: it is thread-safe.</summary>
public sealed class Validator
{
    private readonly ValidatorOptions options;

    private Validator(ValidatorOptions options) => this.options = options;

    /// <summary>A validator with the given settings.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static Validator Create(ValidatorOptions? options = null)
    {
        options ??= new ValidatorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxFindingsPerRuleAndTable, 1, nameof(options));
        return new Validator(options);
    }

    /// <summary>Judges a record of a package. Never throws because of the record's content.</summary>
    public Judgement Judge(Record record, JudgeContext context)
    {
        Read<DateOnly> discharge = record.DischargeDay;
        DateOnly day = discharge.IsPresent ? discharge.Value : context.AsOf ?? DateOnly.FromDateTime(context.ProcessTime);
        (Release release, string note) = Choose(record, context, day, discharge.IsPresent);
        return Run(record, context, RuleSet.For(release, day), note, day, needsSummary: true);
    }

    /// <summary>Judges a check-in (XML0) or a medical assessment (XML12): a document of its own, without XML1.</summary>
    /// <remarks>The day is that of the row's <c>NGAY_VAO</c> or <c>NGAY_HOP</c>; without one, <see cref="JudgeContext.AsOf"/> or the moment of checking.</remarks>
    public Judgement JudgeDocument(Record record, JudgeContext context)
    {
        Read<DateOnly> own = DocumentDay(record);
        DateOnly day = own.IsPresent ? own.Value : context.AsOf ?? DateOnly.FromDateTime(context.ProcessTime);
        Release release = context.ForcedRelease ?? Releases.InForceOn(day) ?? Releases.ByStructure(record) ?? Releases.Newest;
        return Run(record, context, RuleSet.For(release, day), "", day, needsSummary: false);
    }

    /// <summary>Judges a check-in document (XML0); the same as <see cref="JudgeDocument"/>.</summary>
    public Judgement JudgeCheckIn(Record record, JudgeContext context) => JudgeDocument(record, context);

    private static Read<DateOnly> DocumentDay(Record record)
    {
        if (record[TableId.Xml0] is { Count: > 0 } checkIn) return checkIn[0][Xml0.NGAY_VAO].Day();
        return record[TableId.Xml12] is { Count: > 0 } assessment ? assessment[0][Xml12.NGAY_HOP].Day() : Read<DateOnly>.Absent;
    }

    private static (Release Release, string Note) Choose(Record record, JudgeContext context, DateOnly day, bool hasDay)
    {
        if (context.ForcedRelease is { } forced) return (forced, "");
        if (Releases.InForceOn(day) is { } inForce) return (inForce, hasDay ? "" : $"Không đọc được NGAY_RA: dùng chuẩn có hiệu lực ngày {Show.Day(day)}.");
        Release old = Releases.ByStructure(record) is { MandatoryFrom: null } found ? found : Releases.Get("QD130");
        return (old, $"Hồ sơ theo chuẩn cũ ({old.DecisionNumber}): chỉ kiểm tra trường, các quy tắc riêng chưa áp dụng.");
    }

    private Judgement Run(Record record, JudgeContext context, RuleSet rules, string note, DateOnly day, bool needsSummary)
    {
        Session session = Session.Rent();
        ListPlan plan = (context.Lists ?? options.Lists).PlanFor(rules, day);
        session.Run(record, rules, context, options, plan, day, needsSummary);
        Report report = session.Report;
        Finding[] findings = report.IsClean ? [] : report.Take();
        var judgement = new Judgement
        {
            Release = rules.Release,
            ReleaseNote = note,
            Findings = findings,
            NotChecked = NotChecked(report, context.HistoryFollows ? plan.MissingBesidesHistory : plan.Missing),
            Blocks = report.Weight(Severity.Block),
            Warnings = report.Weight(Severity.Warn),
            Infos = report.Weight(Severity.Info),
            Confidential = record[TableId.Xml6] is { Count: > 0 },
        };
        Session.Return(session);
        return judgement;
    }

    private static NotCheckedCount[] NotChecked(Report report, NotCheckedCount[] lists)
    {
        if (report.Malformed == 0 && report.Unreadable == 0 && report.TooLong == 0 && report.Uncovered.Count == 0) return lists;
        var counts = new List<NotCheckedCount>(lists);
        counts.AddRange(report.Uncovered);
        if (report.Malformed > 0) counts.Add(new NotCheckedCount(NotCheckedCause.MalformedValue, "", report.Malformed));
        if (report.Unreadable > 0) counts.Add(new NotCheckedCount(NotCheckedCause.PartUnreadable, "", report.Unreadable));
        if (report.TooLong > 0) counts.Add(new NotCheckedCount(NotCheckedCause.TooLong, "", report.TooLong));
        return [.. counts];
    }
}
