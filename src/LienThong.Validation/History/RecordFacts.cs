using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// What of a record matters for other records: who, when, and which acts by whom and on what. Small enough to be kept beside every stored
/// record, so that rules across records never open one. Texts are trimmed as received; what can't be read is left out.
/// </summary>
public sealed class RecordFacts
{
    /// <summary>Id of the stored record; empty for one that isn't stored.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>MA_CSKCB</c>.</summary>
    public string Facility { get; set; } = "";

    /// <summary><c>MA_LK</c>.</summary>
    public string MaLk { get; init; } = "";

    /// <summary><c>MA_BN</c>.</summary>
    public string MaBn { get; init; } = "";

    /// <summary><c>SO_CCCD</c>.</summary>
    public string Cccd { get; init; } = "";

    /// <summary>Social-insurance numbers of the cards: the last ten characters, as prefix and level change with every new card.</summary>
    public string[] Cards { get; init; } = [];

    /// <summary>All cards belong to army, police or cipher service.</summary>
    public bool IsOfTheForces { get; init; }

    /// <summary><c>GIOI_TINH</c>.</summary>
    public string Sex { get; init; } = "";

    /// <summary><c>HO_TEN</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>NGAY_SINH</c>.</summary>
    public string Born { get; init; } = "";

    /// <summary><c>MA_DKBD</c>.</summary>
    public string Registered { get; init; } = "";

    /// <summary><c>GT_THE_TU</c>.</summary>
    public string CardFrom { get; init; } = "";

    /// <summary><c>GT_THE_DEN</c>.</summary>
    public string CardTo { get; init; } = "";

    /// <summary><c>MA_LOAI_KCB</c>; 0 when it isn't a number.</summary>
    public int VisitKind { get; init; }

    /// <summary><c>MA_DOITUONG_KCB</c>.</summary>
    public string Category { get; init; } = "";

    /// <summary><c>MA_BENH_CHINH</c>.</summary>
    public string Disease { get; init; } = "";

    /// <summary><c>NGAY_VAO</c>.</summary>
    public DateTime? Arrived { get; init; }

    /// <summary><c>NGAY_RA</c>.</summary>
    public DateTime? Discharged { get; init; }

    /// <summary><c>T_BHTT</c> is above zero.</summary>
    public bool IsPaid { get; init; }

    /// <summary><c>T_BNCCT</c> in VND.</summary>
    public decimal Copaid { get; init; }

    /// <summary><c>NAM_NAM_LIEN_TUC</c>.</summary>
    public DateTime? FiveYears { get; init; }

    /// <summary><c>NGAY_MIEN_CCT</c> is given.</summary>
    public bool IsWaived { get; init; }

    /// <summary>Services of XML3, without supplies.</summary>
    public Act[] Acts { get; init; } = [];

    /// <summary>Days of <c>XML14.NGAY_HEN_KL</c>.</summary>
    public DateTime[] Appointments { get; init; } = [];

    /// <summary><c>SO_SERI</c> of XML10 and XML11.</summary>
    public Serial[] Serials { get; init; } = [];

    /// <summary>Lines that claim something bought by tender; only of the record being judged, never of stored ones.</summary>
    public Claim[] Claims { get; init; } = [];

    /// <summary>First item of <c>MA_THE_BHYT</c> as a whole; only of the record being judged, never of stored ones.</summary>
    public string CardNumber { get; init; } = "";

    /// <summary><c>MA_KHUVUC</c>; only of the record being judged, never of stored ones.</summary>
    public string Area { get; init; } = "";

    // Found once: each is a hash over texts.
    internal List<HistoryKey>? Keys { get; set; }

    /// <summary>The visit is claimed: a card, and not paid outside insurance.</summary>
    public bool InClaim => Cards.Length > 0 && Category != "9";

    /// <summary>A stay in a bed: inpatient, day inpatient, health station, under four hours.</summary>
    public bool IsStay => VisitKind is 3 or 4 or 6 or 9;

    /// <summary>The disease group: the first three characters of the main disease; empty when shorter.</summary>
    public string DiseaseGroup => Disease.Length < 3 ? "" : Disease[..3];

    /// <summary>Reads the facts of a record; null when it has no XML1.</summary>
    public static RecordFacts? Of(Record record) => record.Summary is { } row ? FactsReading.Read(record, row) : null;

    /// <summary>Whether both are of one person: same <c>MA_BN</c>, same <c>SO_CCCD</c> or a common insurance number, in one facility.</summary>
    public bool IsSamePerson(RecordFacts other)
    {
        if (Facility != other.Facility) return false;
        if (MaBn.Length > 0 && MaBn == other.MaBn) return true;
        return (Cccd.Length > 0 && Cccd == other.Cccd) || SharesCard(other);
    }

    /// <summary>Whether a card of one is a card of the other.</summary>
    public bool SharesCard(RecordFacts other)
    {
        foreach (string card in Cards)
        {
            if (Array.IndexOf(other.Cards, card) >= 0) return true;
        }

        return false;
    }
}

/// <summary>One service of a record.</summary>
/// <param name="Row">Position of the row in XML3, from 1.</param>
/// <param name="Stt"><c>STT</c> as received.</param>
/// <param name="Group"><c>MA_NHOM</c>.</param>
/// <param name="Code"><c>MA_DICH_VU</c>.</param>
/// <param name="Doctor">First item of <c>MA_BAC_SI</c>.</param>
/// <param name="Performer">First item of <c>NGUOI_THUC_HIEN</c>; those behind it assist or supervise.</param>
/// <param name="Machine"><c>MA_MAY</c>, first item.</param>
/// <param name="Bed"><c>MA_GIUONG</c>.</param>
/// <param name="Department"><c>MA_KHOA</c>.</param>
/// <param name="Ordered"><c>NGAY_YL</c>.</param>
/// <param name="Done"><c>NGAY_TH_YL</c>.</param>
/// <param name="Finished"><c>NGAY_KQ</c>.</param>
/// <param name="FullRate"><c>TYLE_TT_DV</c> is 100.</param>
/// <param name="IsPaid"><c>THANH_TIEN_BH</c> is above zero.</param>
/// <param name="Fund"><c>T_BHTT</c> in VND.</param>
public sealed record Act(
    int Row, string Stt, int Group, string Code, string Doctor, string Performer, string Machine, string Bed, string Department,
    DateTime? Ordered, DateTime? Done, DateTime? Finished, bool FullRate, bool IsPaid, decimal Fund)
{
    /// <summary>When it began: the moment it was done, else ordered.</summary>
    public DateTime? Began => Done ?? Ordered;

    /// <summary>Who had his hands on the patient: the performer of images, surgery and procedures, the doctor of an examination; empty for everything else.</summary>
    public string Hands => Group switch
    {
        2 or 3 or 8 or 18 => Performer,
        13 => Doctor.Length > 0 ? Doctor : Performer,
        _ => "",
    };
}

/// <summary>A serial number of a certificate.</summary>
/// <param name="Table">XML10 or XML11.</param>
/// <param name="Row">Position of the row, from 1.</param>
/// <param name="Number">The number.</param>
public sealed record Serial(TableId Table, int Row, string Number);
