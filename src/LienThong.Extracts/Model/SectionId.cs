namespace LienThong.Extracts;

/// <summary>A section of a visit, in the order of <c>Data/sections.csv</c>.</summary>
public enum SectionId : byte
{
    /// <summary>The visit itself; exactly one row.</summary>
    Visit,

    /// <summary>The patient; exactly one row.</summary>
    Patient,

    /// <summary>Insurance cards, in order of use.</summary>
    Cards,

    /// <summary>Main and secondary diagnoses.</summary>
    Diagnoses,

    /// <summary>Examinations.</summary>
    Exams,

    /// <summary>Tests, images, functional studies, procedures, operations, transport.</summary>
    Services,

    /// <summary>Supplies billed apart from a service price.</summary>
    Supplies,

    /// <summary>Beds, a row for each stretch in one bed.</summary>
    Beds,

    /// <summary>Drugs, blood, fluids and gases.</summary>
    Drugs,

    /// <summary>Results of tests and images.</summary>
    Results,

    /// <summary>Clinical notes.</summary>
    Notes,

    /// <summary>HIV care.</summary>
    Hiv,

    /// <summary>Discharge paper.</summary>
    Discharge,

    /// <summary>Summary of the medical record.</summary>
    Summary,

    /// <summary>Birth certificates, a row for each child.</summary>
    Births,

    /// <summary>Maternity-rest certificate.</summary>
    PregnancyRest,

    /// <summary>Sick-leave certificate.</summary>
    SickLeave,

    /// <summary>Referral paper.</summary>
    Transfer,

    /// <summary>Re-examination letter.</summary>
    FollowUp,

    /// <summary>Tuberculosis treatment.</summary>
    Tuberculosis,

    /// <summary>What was paid, by whom.</summary>
    Payments,
}
