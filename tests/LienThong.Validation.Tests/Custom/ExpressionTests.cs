using LienThong.Standard;

namespace LienThong.Validation.Tests.Custom;

/// <summary>What the expression language says of the clean outpatient: 15 August 2026 (a Saturday), a drug of 80 000 đ, an examination and a glucose test.</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3 = 7")]
    [InlineData("(1 + 2) * 3 = 9")]
    [InlineData("7 / 2 = 3.5 and -2 < 0 and 2 - 3 - 4 = -5")]
    [InlineData("not 1 = 2 and not not 1 = 1")]
    [InlineData("1 = 2 or 2 = 2 and 3 = 3")]
    [InlineData("MA_LOAI_KCB = \"01\" and MA_LOAI_KCB != '02'")]
    [InlineData("MA_LOAI_KCB in [\"01\", \"05\"] and MA_LOAI_KCB not in [\"02\"]")]
    [InlineData("MA_BENH_CHINH like \"J*\" and MA_BENH_CHINH not like \"J?.8\"")]
    [InlineData("MA_BENH_CHINH like \"*18*9\" and MA_BENH_CHINH like \"J18.9\"")]
    [InlineData("MA_BENH_CHINH in rieng")]
    [InlineData("MA_BENH_KT = \"I10\" and MA_BENH_KT like \"E1*\" and MA_BENH_KT != \"E10\" and items(MA_BENH_KT) = 2")]
    [InlineData("every(MA_BENH_KT like \"*1*\") and not every(MA_BENH_KT in [\"I10\"])")]
    [InlineData("T_TONGCHI_BV between 146800 and 146800")]
    [InlineData("T_TONGCHI_BV = sum(XML2.THANH_TIEN_BV) + sum(XML3.THANH_TIEN_BV)")]
    [InlineData("sum(XML3.SO_LUONG * XML3.DON_GIA_BV where XML3.MA_NHOM in [\"13\"]) = 45000")]
    [InlineData("count(XML3) = 2 and count(XML3 where XML3.MA_NHOM = \"1\") = 1")]
    [InlineData("max(XML3.DON_GIA_BV) = 45000 and min(XML3.DON_GIA_BV) = 21800 and max(1, 3, 2) = 3")]
    [InlineData("exists(XML3 where exists(XML4 where XML4.MA_DICH_VU = XML3.MA_DICH_VU))")]
    [InlineData("not exists(XML5)")]
    [InlineData("NGAY_RA >= 2026-08-15 and NGAY_RA <= 2026-08-15 and day(NGAY_RA) = 2026-08-15")]
    [InlineData("minutes(NGAY_VAO, NGAY_RA) = 75 and hours(NGAY_VAO, NGAY_RA) = 1.25 and days(NGAY_VAO, NGAY_RA) = 0")]
    [InlineData("hour(NGAY_RA) = 10 and minute(NGAY_RA) = 30 and weekday(NGAY_RA) = 7 and year(NGAY_RA) = 2026 and month(NGAY_RA) = 8")]
    [InlineData("age() = 41 and age_months() > 490 and age_days() > 15000")]
    [InlineData("empty(MA_NOI_DEN) and filled(HO_TEN) and MA_NOI_DEN = \"\"")]
    [InlineData("length(MA_THE_BHYT) = 15 and left(MA_THE_BHYT, 2) = \"GD\" and number(MA_LOAI_KCB) = 1")]
    [InlineData("abs(0 - 3) = 3 and round(2.345, 2) = 2.35 and floor(2.9) = 2")]
    [InlineData("min(XML3.NGAY_YL) > NGAY_VAO and now() > NGAY_RA")]
    [InlineData("(XML7.SO_NGAY_NGHI ?? 5) = 5 and (T_BNTT ?? 5) = 0")]
    [InlineData("base_salary() > 2000000")]
    [InlineData("MA_DANTOC in ethnic_group")]
    public void These_hold(string condition) => Assert.True(Rules.Holds(condition));

    [Theory]
    [InlineData("XML7.SO_NGAY_NGHI > 3")]
    [InlineData("NAM_QT / (2 - 2) = 1")]
    [InlineData("number(HO_TEN) = 1")]
    [InlineData("T_TONGCHI_BV * 99999999999999999 * 99999999999999999 > 1")]
    [InlineData("min(XML5.THOI_DIEM_DBLS) > NGAY_VAO")]
    public void These_cannot_be_told(string condition) => Assert.Null(Rules.Holds(condition));

    [Theory]
    [InlineData("XML7.SO_NGAY_NGHI > 3 or 1 = 1", true)]
    [InlineData("1 = 1 or XML7.SO_NGAY_NGHI > 3", true)]
    [InlineData("XML7.SO_NGAY_NGHI > 3 and 1 = 2", false)]
    public void One_side_may_decide_alone(string condition, bool holds) => Assert.Equal(holds, Rules.Holds(condition));

    [Fact]
    public void A_field_alone_is_of_the_judged_row_and_a_qualified_one_of_the_row_counted()
    {
        RecordBuilder record = A.CleanOutpatient();
        record.Rows(TableId.Xml3)[1].Set(Xml3.MA_KHOA, "K03");
        string file = Rules.File("count(XML3 where XML3.MA_KHOA = MA_KHOA) = 2", field: "MA_KHOA");

        Assert.Empty(Rules.Judge(file).Own);
        Assert.Equal(2, Rules.Judge(file, record).Own.Count);
    }

    [Fact]
    public void A_malformed_value_is_not_checked_and_not_broken()
    {
        RecordBuilder record = A.CleanOutpatient();
        record.Rows(TableId.Xml3)[1].Set(Xml3.SO_LUONG, "ba");
        string file = Rules.File("SO_LUONG <= 0");

        (IReadOnlyList<Finding> own, Judgement judgement) = Rules.Judge(file, record);

        Assert.Equal(1, Assert.Single(own).At.Row);
        Assert.Contains(judgement.NotChecked, c => c is { Cause: NotCheckedCause.MalformedValue, Count: > 0 });
    }

    [Fact]
    public void A_list_that_is_not_loaded_leaves_the_rule_unchecked()
    {
        (IReadOnlyList<Finding> own, Judgement judgement) = Rules.Judge(Rules.File("MA_BENH not in icd10 and 1 = 2", field: "MA_BENH"));
        int usual = A.Judge(A.CleanOutpatient()).NotChecked.Where(c => c.List == "icd10").Sum(c => c.Count);

        Assert.Empty(own);
        Assert.Equal(usual + 1, judgement.NotChecked.Where(c => c.List == "icd10").Sum(c => c.Count));
    }
}
