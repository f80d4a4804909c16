using FsCheck;
using FsCheck.Fluent;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

public sealed class ExceptionTests
{
    private const string Free = "X14-NGAY_HEN_KL-003";
    private const string Money = "X1-T_BHTT-002";
    private const string Form = "FAM-DATE8";
    private static readonly DateTimeOffset Now = new(2026, 7, 10, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Silence_keeps_the_weight_and_suppresses() =>
        Assert.Equal(new ExceptionDecision(Silence, Severity.Warn, true), Decide(Finding(Free), Silence));

    [Fact]
    public void Match_goes_before_facility_and_facility_before_all()
    {
        RuleException everywhere = Make(Free, ExceptionAction.Silence) with { Facility = "*" };
        RuleException facility = Make(Free, ExceptionAction.Raise);
        RuleException matched = Make(Free, ExceptionAction.Info, new ExceptionMatch { Department = "K01" }) with { Facility = "*" };

        Assert.Equal(matched, Decide(Finding(Free), everywhere, facility, matched)!.Value.Exception);
        Assert.Equal(facility, Decide(Finding(Free) with { Department = "K02" }, everywhere, facility, matched)!.Value.Exception);
    }

    [Fact]
    public void Raise_wins_a_tie_then_the_later_start()
    {
        RuleException raise = Make(Free, ExceptionAction.Raise);
        RuleException later = Make(Free, ExceptionAction.Info) with { Start = Now.AddDays(-1) };

        Assert.Equal(raise, Decide(Finding(Free), Silence, later, raise)!.Value.Exception);
        Assert.Equal(later, Decide(Finding(Free), Silence, later)!.Value.Exception);
    }

    [Fact]
    public void Expired_or_not_yet_begun_says_nothing()
    {
        Assert.Null(Decide(Finding(Free), Silence with { End = Now }));
        Assert.Null(Decide(Finding(Free), Silence with { Start = Now.AddMinutes(1) }));
    }

    [Theory]
    [InlineData(Money)]
    [InlineData(Form)]
    public void Protected_rule_falls_to_a_warning_and_only_when_approved(string rule)
    {
        RuleException silence = Make(rule, ExceptionAction.Silence);

        Assert.Null(Decide(Finding(rule, Severity.Block), silence));
        Assert.Equal((Severity.Warn, false), Result(Decide(Finding(rule, Severity.Block), silence with { Approved = true })));
        Assert.Null(Decide(Finding(rule, Severity.Warn), silence with { Approved = true }));
    }

    [Fact]
    public void Signature_rule_is_left_alone() =>
        Assert.Null(Decide(Finding("PKG-SIGN-001", Severity.Block), Make("PKG-*", ExceptionAction.Silence) with { Approved = true }));

    [Fact]
    public void Lowering_never_raises_a_milder_case() => Assert.Null(Decide(Finding(Free, Severity.Info), Make(Free, ExceptionAction.Warn)));

    [Theory]
    [InlineData("02.1*", "02.1897", true)]
    [InlineData("02.1*", "03.1897", false)]
    [InlineData("A;B", "b", true)]
    [InlineData("?9", "19", true)]
    [InlineData("a\\b", "a\\b", true)]
    [InlineData("", "anything", true)]
    public void Value_matches_text_wildcards_and_alternatives(string pattern, string value, bool matches) =>
        Assert.Equal(matches, Decide(Finding(Free) with { Value = value }, Make(Free, ExceptionAction.Silence, new ExceptionMatch { Value = pattern })) is not null);

    [Fact]
    public void Card_matches_by_its_beginning()
    {
        RuleException children = Make(Free, ExceptionAction.Silence, new ExceptionMatch { CardPrefix = "TE1" });

        Assert.NotNull(Decide(Finding(Free) with { CardPrefix = "TE179" }, children));
        Assert.Null(Decide(Finding(Free) with { CardPrefix = "GD479" }, children));
    }

    [Fact]
    public void Order_of_creation_changes_nothing_and_protection_always_holds() =>
        Check.One(Properties.Times(500), Prop.ForAll(Arb.From(Gen.ListOf(Exceptions())), Arb.From(Findings()), (exceptions, finding) =>
        {
            ExceptionDecision? one = ExceptionSet.Of(exceptions).Decide(finding, Now);
            Assert.Equal(one, ExceptionSet.Of(Enumerable.Reverse(exceptions)).Decide(finding, Now));
            if (one is not { } decision)
                return;
            Assert.True(decision.Exception.HoldsAt(Now) && decision.Exception.Covers(finding.Rule));
            bool heavier = decision.Severity > finding.Severity;
            Assert.Equal(heavier, decision.Exception.Action == ExceptionAction.Raise);
            if (RuleProtections.Of(finding.Rule) == RuleProtection.WarnOnly && !heavier)
                Assert.True(decision is { Suppressed: false, Severity: Severity.Warn, Exception.Approved: true });
            // Whoever could also decide was no more specific than the one who did.
            foreach (RuleException other in exceptions.Where(e => ExceptionSet.Of([e]).Decide(finding, Now) is not null))
                Assert.True(Tier(other) <= Tier(decision.Exception));
        }));

    private static RuleException Silence => Make(Free, ExceptionAction.Silence);

    private static int Tier(RuleException e) => e.Match.Criteria > 0 ? 2 : e.Facility == RuleException.AllFacilities ? 0 : 1;

    private static (Severity, bool) Result(ExceptionDecision? decision) => (decision!.Value.Severity, decision.Value.Suppressed);

    private static ExceptionDecision? Decide(FindingFacts finding, params RuleException[] exceptions) => ExceptionSet.Of(exceptions).Decide(finding, Now);

    private static FindingFacts Finding(string rule, Severity severity = Severity.Warn) => new(rule, severity, "XML14", "NGAY_HEN_KL", "20260711", "K01", "A01", "01", "GD479");

    private static RuleException Make(string rule, ExceptionAction action, ExceptionMatch? match = null) =>
        new(new Guid(1, 0, 0, new byte[8]), "99001", rule, match ?? ExceptionMatch.Any, action, Now.AddDays(-10), Now.AddDays(10), false);

    private static Gen<FindingFacts> Findings() =>
        from rule in Gen.Elements(Free, Money, Form, "PKG-SIGN-001", "RIENG-001")
        from severity in Gen.Elements(Severity.Info, Severity.Warn, Severity.Block)
        from department in Gen.Elements("", "K01", "K02")
        select Finding(rule, severity) with { Department = department };

    private static Gen<RuleException> Exceptions() =>
        from rule in Gen.Elements(Free, Money, Form, "X1*", "*", "PKG-*", "RIENG-001")
        from action in Gen.Elements(Enum.GetValues<ExceptionAction>())
        from facility in Gen.Elements("99001", "*")
        from department in Gen.Elements("", "", "K01", "K*")
        from visit in Gen.Elements("", "", "01", "03")
        from start in Gen.Choose(-20, 5)
        from days in Gen.Choose(1, 30)
        from approved in Gen.Elements(true, false)
        from id in Gen.Choose(1, int.MaxValue)
        select new RuleException(
            new Guid(id, 0, 0, new byte[8]), facility, rule, new ExceptionMatch { Department = department, VisitKind = visit }, action,
            Now.AddDays(start), Now.AddDays(start + days), approved);
}
