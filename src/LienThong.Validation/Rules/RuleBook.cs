namespace LienThong.Validation;

/// <summary>Every implemented rule; one file per subject.</summary>
internal static class RuleBook
{
    public static Rule[] All { get; } = Join(
    [
        PackageRules.All,
        PersonRules.All,
        CardRules.All,
        ExemptionRules.All,
        DiagnosisRules.All,
        VisitCategoryRules.All,
        StayRules.All,
        TreatmentDayRules.All,
        VisitKindRules.All,
        SettlementRules.All,
        TotalRules.All,
        ResultRules.All,
        NoteRules.All,
        HivRules.All,
        DischargePaperRules.All,
        CaseSummaryRules.All,
        BirthCertificateRules.All,
        MaternityRules.All,
        SickLeaveRules.All,
        ReferralPaperRules.All,
        TuberculosisRules.All,
        CheckInRules.All,
        CodeListRules.All,
        DiseaseListRules.All,
        PlaceListRules.All,
        DrugListRules.All,
        ServiceListRules.All,
        SupplyListRules.All,
        StaffListRules.All,
        LineForms.All,
        LineTimeRules.All,
        ShareRules.All,
        DrugCodeRules.All,
        DrugSupplyRules.All,
        DrugMoneyRules.All,
        ServiceCodeRules.All,
        SupplyRules.All,
        ServiceMoneyRules.All,
        ServiceDetailRules.All,
        TableRules.All,
        ExamRules.All,
        BedRules.All,
        OperationRules.All,
        BenefitRules.All,
        VisitRules.All,
        DrugUseRules.All,
        ConditionRules.All,
        ServiceFitRules.All,
        FacilityAuditRules.All,
        ThemeRules.All,
        HistoryRules.All,
    ]);

    /// <summary>True for codes of the generic families and their parameters, which the engine judges from the field lists.</summary>
    public static bool IsFamily(RuleInfo rule) =>
        rule.Code.StartsWith("FAM-", StringComparison.Ordinal)
        || rule.Code.Contains("-REQUIRED-", StringComparison.Ordinal) || rule.Code.Contains("-ENUM-", StringComparison.Ordinal)
        || rule.Code.Contains("-SAME-", StringComparison.Ordinal) || rule.Code.Contains("-FORMAT-", StringComparison.Ordinal);

    private static Rule[] Join(Rule[][] subjects)
    {
        var all = new List<Rule>(512);
        foreach (Rule[] subject in subjects) all.AddRange(subject);
        return [.. all];
    }
}
