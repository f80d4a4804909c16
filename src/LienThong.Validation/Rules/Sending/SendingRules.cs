using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What is judged right before a package leaves the house: its signature, its deadline, whether it replaces another.</summary>
public static class SendingRules
{
    private const string Envelope = "HOSO";

    private static readonly SendingRule[] Rules =
    [
        new("PKG-SOLUONG-002", new Cell(Envelope, null, "DANHSACHHOSO"), static facts =>
            facts.Records is not { } count || count == 1 ? null : Breach.With("count", Show.Number(count))),

        new("PKG-SIGN-001", new Cell(Envelope, null, "CHUKYDONVI"), static facts =>
            facts.SignatureDemanded && !facts.Signed ? new Breach() : null),

        new("PKG-SIGN-002", new Cell(Envelope, null, "CHUKYDONVI"), static facts =>
            facts.SignatureTrouble is { } why ? Breach.With("reason", why) : null),

        new("PKG-SIGN-003", new Cell(Envelope, null, "CHUKYDONVI"), static facts =>
            facts.CertificateTrouble is { } why ? Breach.With("reason", why).And("serial", facts.Serial) : null),

        // After the deadline a warning; before it a hint when the record has lain longer than the facility means it to.
        new("PKG-SEND-001", new Cell("XML1", 1, "NGAY_RA"), static facts =>
        {
            if (facts.AcceptedAt is not null || facts.Deadline is not { } closes) return null;
            string deadline = Show.Day(closes.AddTicks(-1).Day());
            if (facts.Now >= closes) return Breach.With("reason", "đã quá hạn gửi").And("deadline", deadline);
            return Typed.DateTime12(System.Text.Encoding.UTF8.GetBytes(facts.NgayRa)) is { IsPresent: true } left && facts.Now > left.Value + facts.Usual
                ? Breach.As(Severity.Info).And("reason", $"chưa gửi sau {(int)facts.Usual.TotalHours} giờ").And("deadline", deadline) : null;
        }),

        new("PKG-SEND-002", new Cell("XML1", 1, "MA_LK"), static facts =>
            facts.AcceptedAt is not { } accepted ? null
            : facts.SameContent ? Breach.With("reason", "nội dung không đổi").And("date", Show.Day(accepted.Day()))
            : facts.Reason.Length == 0 ? Breach.With("reason", "chưa có lý do gửi thay thế").And("date", Show.Day(accepted.Day())) : null),
    ];

    /// <summary>Codes of the rules of this stage.</summary>
    public static IEnumerable<string> Codes
    {
        get
        {
            foreach (SendingRule rule in Rules) yield return rule.Info.Code;
        }
    }

    /// <summary>What the rules in force on the day of sending find.</summary>
    public static IReadOnlyList<Finding> Judge(SendingFacts facts)
    {
        List<Finding>? findings = null;
        foreach (SendingRule rule in Rules)
        {
            if (rule.Info.AppliesOn(facts.Now.Day()) && rule.Judge(facts) is { } breach) (findings ??= []).Add(Describe(rule, breach, facts));
        }

        return findings ?? [];
    }

    private static Finding Describe(SendingRule rule, Breach breach, SendingFacts facts)
    {
        RuleInfo info = rule.Info;
        string value = rule.At.Field switch { "MA_LK" => facts.MaLk, "NGAY_RA" => facts.NgayRa, _ => "" };
        string message = Message.Fill(info.MessageVi, name => breach.Find(name) ?? name switch
        {
            "value" => value,
            "NGAY_RA" => facts.NgayRa,
            _ => "",
        });
        return new Finding(info.Code, breach.Severity ?? info.Severity, rule.At, "", value, message, info.Fix, info.LegalBasis, null);
    }

    private sealed class SendingRule(string code, Cell at, Func<SendingFacts, Breach?> judge)
    {
        public RuleInfo Info { get; } = RuleCatalogue.Get(code);

        public Cell At => at;

        public Breach? Judge(SendingFacts facts) => judge(facts);
    }
}
