using LienThong.Standard;

namespace LienThong.Validation.Tests;

public sealed class FindingCauseTests
{
    [Theory]
    [InlineData("2026-01-05", "9{4}-9{2}-9{2}")]
    [InlineData(" 1/5/26 ", "9/9/9{2}")]
    [InlineData("Nguyễn An", "A{n} A{n}")]
    [InlineData("", "")]
    public void Shape_keeps_the_form_and_forgets_the_value(string value, string shape) => Assert.Equal(shape, FindingCause.Shape(value));

    [Fact]
    public void Dates_written_in_one_wrong_form_have_one_cause()
    {
        FindingCause first = Of("FAM-DATE8", "XML1", "NGAY_SINH", "05/01/1990");

        Assert.Equal(new FindingCause(CauseKind.Form, "9{2}/9{2}/9{4}", CauseKeeper.HisVendor), first);
        Assert.Equal(first, Of("FAM-DATE8", "XML1", "NGAY_SINH", "17/12/2001"));
    }

    [Fact]
    public void Wrong_value_of_a_closed_set_is_its_own_cause() =>
        Assert.Equal(new FindingCause(CauseKind.Value, "Nam", CauseKeeper.HisVendor), Of("FAM-ENUM", "XML1", "GIOI_TINH", "Nam"));

    [Fact]
    public void Code_outside_a_list_belongs_to_the_catalogue_keeper() =>
        Assert.Equal(new FindingCause(CauseKind.Code, "Z99.9", CauseKeeper.CatalogueKeeper), Of("CAT-ICD-001", "XML1", "MA_BENH_CHINH", "Z99.9"));

    [Fact]
    public void Arithmetic_of_amounts_is_the_system_s_whatever_the_amount() =>
        Assert.Equal(Of("X1-T_BHTT-002", "XML1", "T_BHTT", "1000"), Of("X1-T_BHTT-002", "XML1", "T_BHTT", "2000"));

    [Fact]
    public void Missing_value_needs_no_key() =>
        Assert.Equal(new FindingCause(CauseKind.Missing, "", CauseKeeper.HisVendor), Of("X2-DUONG_DUNG-002", "XML2", "DUONG_DUNG", ""));

    [Fact]
    public void Late_sending_is_the_insurance_office_s() =>
        Assert.Equal(new FindingCause(CauseKind.Rule, "", CauseKeeper.InsuranceOffice), Of("PKG-SEND-001", "XML1", "NGAY_RA", "202609011000"));

    [Fact]
    public void Table_in_another_form_is_not_missing() =>
        Assert.Equal(new FindingCause(CauseKind.Rule, "", CauseKeeper.HisVendor), Of("PKG-B64-001", "XML3", "", ""));

    [Fact]
    public void Key_of_a_long_value_stays_short() => Assert.InRange(Of("FAM-ENUM", "XML1", "GIOI_TINH", new string('x', 5000)).Key.Length, 1, 100);

    private static FindingCause Of(string rule, string table, string field, string value) =>
        FindingCause.Of(new FindingFacts(rule, Severity.Block, table, field, value, "K01", "", "01", ""));
}
