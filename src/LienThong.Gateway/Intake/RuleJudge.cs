using System.Globalization;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.CustomRules;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Standard;
using LienThong.Validation;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.Intake;

/// <summary>Judges by the rule sets of <c>LienThong.Validation</c> and the code lists of the record's facility, then applies the facility's exceptions.</summary>
/// <param name="validator">Judges.</param>
/// <param name="lists">Code lists per facility; null to judge by the built-in ones.</param>
/// <param name="exceptions">Exceptions per facility; null for none.</param>
/// <param name="custom">The rules facilities wrote; null for none.</param>
public sealed class RuleJudge(Validator validator, LoadedLists? lists = null, ExceptionBook? exceptions = null, LoadedCustomRules? custom = null) : IRecordJudge
{

    /// <inheritdoc/>
    public Judged Judge(Record record, DateTimeOffset at, string envelopeFacility) => Judge(record, at, envelopeFacility, isOpen: false);

    /// <inheritdoc/>
    public Judged JudgeOpen(Record record, DateTimeOffset at, string envelopeFacility) => Judge(record, at, envelopeFacility, isOpen: true);

    /// <inheritdoc/>
    public Judged JudgeDocument(Record record, DateTimeOffset at, string facility)
    {
        Judgement judgement = validator.JudgeDocument(record, new JudgeContext(at.InVietnam().DateTime, facility, Lists: lists?.Of(facility)));
        StoredFinding[] findings = [.. judgement.Findings.Select(Convert)];
        return new Judged(judgement.Release, new JudgedFindings(Excepted(record, findings, at, facility), judgement.NotChecked.Sum(c => c.Count)));
    }

    private Judged Judge(Record record, DateTimeOffset at, string envelopeFacility, bool isOpen)
    {
        string facility = FacilityOf(record, envelopeFacility);
        Judgement judgement = validator.Judge(record, new JudgeContext(
            at.InVietnam().DateTime, envelopeFacility, Lists: lists?.Of(facility), HistoryFollows: true, Custom: custom?.Of(facility), IsOpen: isOpen));
        StoredFinding[] findings = new StoredFinding[judgement.Findings.Count];
        for (int i = 0; i < findings.Length; i++)
            findings[i] = Convert(judgement.Findings[i]);
        int notChecked = 0;
        foreach (NotCheckedCount count in judgement.NotChecked)
            notChecked += count.Count;
        RecordFacts? facts = RecordFacts.Of(record);
        if (facts is { Facility.Length: 0 })
            facts.Facility = envelopeFacility.Trim();
        return new Judged(judgement.Release, new JudgedFindings(Excepted(record, findings, at, envelopeFacility), notChecked)) { Facts = facts };
    }

    /// <inheritdoc/>
    public JudgedBeside JudgeBeside(RecordFacts facts, IRecordHistory history, DateTimeOffset at)
    {
        HistoryJudgement judged = HistoryJudge.Judge(facts, history, lists?.Of(facts.Facility) ?? CodeLists.None, at.VietnamDay());
        if (judged.Findings.Count == 0)
            return JudgedBeside.Nothing;
        IReadOnlyList<StoredFinding> findings = [.. judged.Findings.Select(Convert)];
        ExceptionFacts own = new(facts.VisitKind.ToString("00", CultureInfo.InvariantCulture), facts.Cards is [var card, ..] ? ExceptionFacts.CardOf(card) : "");
        return new JudgedBeside(exceptions is null ? findings : AppliedExceptions.Apply(findings, exceptions.For(facts.Facility), own, at), judged.Partners);
    }

    /// <inheritdoc/>
    public void Ask(RecordFacts facts, List<HistoryQuestion> questions) => HistoryQuestion.Add(facts, lists?.Of(facts.Facility) ?? CodeLists.None, questions);

    /// <inheritdoc/>
    public void AskClaims(RecordFacts facts, Dictionary<string, decimal> codes) => HistoryJudge.AskClaims(facts, lists?.Of(facts.Facility) ?? CodeLists.None, codes);

    /// <inheritdoc/>
    public IReadOnlyList<StoredFinding> JudgeBy(Record record, DateTimeOffset at, string envelopeFacility, CustomRuleFile file)
    {
        HashSet<string> codes = new(file.Rules.Select(r => r.Code), StringComparer.Ordinal);
        Judgement judgement = validator.Judge(record, new JudgeContext(
            at.InVietnam().DateTime, envelopeFacility, Lists: lists?.Of(FacilityOf(record, envelopeFacility)), HistoryFollows: true,
            Custom: new Validation.Custom.CustomRules([file])));
        return [.. judgement.Findings.Where(f => codes.Contains(f.Rule)).Select(Convert)];
    }

    private IReadOnlyList<StoredFinding> Excepted(Record record, StoredFinding[] findings, DateTimeOffset at, string envelopeFacility)
    {
        if (findings.Length == 0 || exceptions is null)
            return findings;
        ExceptionSet set = exceptions.For(FacilityOf(record, envelopeFacility));
        return set.IsEmpty ? findings : AppliedExceptions.Apply(findings, set, ExceptionFacts.Of(record), at);
    }

    private static string FacilityOf(Record record, string envelopeFacility) =>
        record.Summary is { } row && !row[Xml1.MA_CSKCB].IsEmpty ? row[Xml1.MA_CSKCB].Text.Trim() : envelopeFacility.Trim();

    // Package rules judge the shape the record came in; rebuilding the record hides it from a second look.
    private static StoredFinding Convert(Finding f) => new(
        f.Rule, f.Severity, f.At.Table, f.At.Row, f.At.Field ?? "", f.Stt, f.Value, f.Message, f.Fix, f.LegalBasis,
        FromFile: f.Rule.StartsWith("PKG-", StringComparison.Ordinal))
    {
        Expected = f.Expected,
        Department = f.Department,
        Doctor = f.Doctor,
        Item = f.Item,
        AtRisk = f.AtRisk,
        Related = [.. f.Related.Select(r => new StoredCell(r.At.Table, r.At.Row, r.At.Field ?? "", r.Value))],
    };
}
