namespace LienThong.Validation.Tests;

public sealed class AuditGroupTests
{
    [Theory]
    [InlineData("REC-TIME-003", "g")]
    [InlineData("REC-TIME-001", "k")]
    [InlineData("X3-T_TRANTT-001", "d")]
    [InlineData("X3-T_BHTT-001", "k")]
    [InlineData("X3-TYLE_TT_DV-001", "dd")]
    [InlineData("X1-HO_TEN-001", null)]
    public void The_most_exact_pattern_decides(string code, string? group) =>
        Assert.Equal(group, RuleCatalogue.Find(code)!.AuditGroup?.Id);

    [Fact]
    public void There_are_eleven_groups_in_the_order_of_the_circular() =>
        Assert.Equal(["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "m"], AuditGroup.All.Select(g => g.Point));

    [Fact]
    public void Every_group_has_rules()
    {
        foreach (AuditGroup group in AuditGroup.All) Assert.Contains(RuleCatalogue.All, r => r.AuditGroup == group);
    }
}
