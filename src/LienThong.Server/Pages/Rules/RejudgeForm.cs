using LienThong.Gateway.Rejudging;
using Microsoft.Extensions.Primitives;

namespace LienThong.Server.Pages.Rules;

/// <summary>What was filled in to judge stored records again.</summary>
/// <param name="Facility">Facility; empty for all of the caller's.</param>
/// <param name="From">First day of discharge as typed.</param>
/// <param name="To">Last day as typed.</param>
/// <param name="Rule">Only records with a finding of this rule; empty for all.</param>
/// <param name="IncludeSent">Sent records too.</param>
/// <param name="Reason">Why.</param>
public sealed record RejudgeForm(string Facility, string From, string To, string Rule, bool IncludeSent, string Reason)
{
    /// <summary>Reads the fields of the form.</summary>
    public static RejudgeForm Of(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        Dictionary<string, string> given = fields.ToDictionary(f => f.Key, f => f.Value.ToString().Trim(), StringComparer.Ordinal);
        string Field(string name) => given.GetValueOrDefault(name, "");
        return new RejudgeForm(Field("co-so"), Field("tu"), Field("den"), Field("quy-tac"), Field("da-gui").Length > 0, Field("ly-do"));
    }

    /// <summary>Why it can't be taken; null when it can.</summary>
    public string? Refusal()
    {
        if ((From.Length > 0 && Vi.ReadDay(From) is null) || (To.Length > 0 && Vi.ReadDay(To) is null))
            return "Ngày ghi theo dạng 15/07/2026.";
        if (Vi.ReadDay(From) > Vi.ReadDay(To))
            return "Ngày cuối phải từ ngày đầu trở đi.";
        return Reason.Length > 500 ? "Lý do dài tối đa 500 ký tự." : null;
    }

    /// <summary>What to judge again.</summary>
    public RejudgeSelection ToSelection() => new()
    {
        Facility = Facility.Length > 0 ? Facility : null,
        From = Vi.ReadDay(From),
        To = Vi.ReadDay(To),
        Rule = Rule.Length > 0 ? Rule : null,
        IncludeSent = IncludeSent,
        Reason = Reason,
    };
}
