using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>How a rule does at the caller's facilities.</summary>
/// <param name="Rule">Rule code.</param>
/// <param name="Records">Records with findings among those that arrived in the last <see cref="RuleStatistics.Days"/> days.</param>
/// <param name="Findings">Findings of these records, suppressed ones among them.</param>
/// <param name="Suppressed">Findings of these that exceptions keep from counting.</param>
/// <param name="Confirmed">Standing marks «it is an error».</param>
/// <param name="NotAnError">Standing marks «not an error».</param>
/// <param name="RecentNotAnError">Those of the last <see cref="RuleStatistics.Days"/> days.</param>
/// <param name="IsOff">Whether an exception silences the whole rule now.</param>
public sealed record RuleFigures(string Rule, long Records, long Findings, long Suppressed, long Confirmed, long NotAnError, long RecentNotAnError, bool IsOff)
{
    /// <summary>Marks «not an error» within a month that make a rule worth looking at.</summary>
    public const int ReviewAfter = 5;

    /// <summary>Findings a person has judged.</summary>
    public long Judged => Confirmed + NotAnError;

    /// <summary>Findings of the last days that nobody has judged.</summary>
    public long Unjudged => Math.Max(0, Findings - Judged);

    /// <summary>Share of «not an error» among what was judged, 0–100; null when nothing was.</summary>
    public decimal? FalseAlarms => Judged == 0 ? null : 100m * NotAnError / Judged;

    /// <summary>Whether people should look at the rule itself. Nothing changes by that.</summary>
    public bool ProposesReview => RecentNotAnError >= ReviewAfter;

    /// <summary>A rule of which nothing is known.</summary>
    public static RuleFigures None(string rule) => new(rule, 0, 0, 0, 0, 0, 0, false);
}

/// <summary>Hits, marks and precision of rules.</summary>
public sealed class RuleStatistics(CauseQueries queries, MarkStore marks, ExceptionStore exceptions, TimeProvider time)
{
    /// <summary>Days that hits and recent marks are counted over.</summary>
    public const int Days = 30;

    /// <summary>Figures of every rule that has any, by code.</summary>
    public async Task<IReadOnlyDictionary<string, RuleFigures>> AllAsync(Caller caller, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset since = now.AddDays(-Days);
        int day = int.Parse(since.InVietnam().ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        Dictionary<string, RuleFigures> figures = new(StringComparer.Ordinal);
        foreach (RuleHitRow hit in await queries.HitsAsync(caller, day, ct))
            figures[hit.Rule] = RuleFigures.None(hit.Rule) with { Records = hit.Records, Findings = hit.Findings, Suppressed = hit.Suppressed };
        foreach (MarkCountRow count in await marks.CountAsync(caller, since.ToUnixTimeMilliseconds(), ct))
        {
            RuleFigures known = figures.GetValueOrDefault(count.Rule) ?? RuleFigures.None(count.Rule);
            figures[count.Rule] = count.Verdict == nameof(MarkVerdict.Confirmed)
                ? known with { Confirmed = count.Count }
                : known with { NotAnError = count.Count, RecentNotAnError = count.Recent };
        }
        foreach (ExceptionRow row in await exceptions.ListAsync(caller, null, ct))
        {
            ExceptionView view = row.ToView(now.ToUnixTimeMilliseconds());
            if (view is { State: ExceptionState.Active, Exception: { Action: ExceptionAction.Silence, IsPrefix: false, Match.Criteria: 0 } })
                figures[row.Rule] = (figures.GetValueOrDefault(row.Rule) ?? RuleFigures.None(row.Rule)) with { IsOff = true };
        }
        return figures;
    }
}
