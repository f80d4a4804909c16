using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>An invented insurance card with its period and the benefit rate of its group, in percent.</summary>
internal sealed record Card(string Number, string Registered, DateOnly From, DateOnly To, decimal Rate);

/// <summary>An invented person.</summary>
internal sealed record Patient
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required bool Male { get; init; }
    public required DateOnly Birth { get; init; }
    public required string Identity { get; init; }
    public required string SocialNumber { get; init; }
    public required Place Home { get; init; }
    public required string Street { get; init; }
    public string Nation { get; init; } = "000";
    public string Ethnicity { get; init; } = "01";
    public string Occupation { get; init; } = "00";
    public string Phone { get; init; } = "";
    public string BloodGroup { get; init; } = "";
    public decimal Weight { get; init; }
    public string Sex => Male ? "1" : "2";
}

/// <summary>What one invented visit is about; everything the tables are written from.</summary>
internal sealed class Episode
{
    public required Dice Dice { get; init; }
    public required SampleOptions Options { get; init; }
    public required SampleKind Kind { get; init; }
    public required int Index { get; init; }
    public required Release Release { get; init; }
    public required Era Era { get; init; }
    public required string Link { get; init; }
    public required Patient Patient { get; init; }
    public required Diagnosis Main { get; init; }
    public required (string Code, string Name)[] Secondary { get; init; }
    public required Department Ward { get; init; }
    public required DateTime In { get; init; }
    public DateTime? Admitted { get; init; }
    public required DateTime Out { get; init; }

    /// <summary><c>MA_LOAI_KCB</c>.</summary>
    public required string VisitKind { get; init; }

    /// <summary><c>MA_DOITUONG_KCB</c>; 9 pays everything.</summary>
    public required string Object { get; init; }

    public required Card[] Cards { get; init; }
    public bool Transferred { get; init; }
    public DateOnly? NextVisit { get; init; }

    /// <summary>First day without co-payment in this year; null when there is none.</summary>
    public DateOnly? ExemptFrom { get; init; }

    public bool Chronic => VisitKind == "05";
    public bool Stays => Admitted is not null;
    public bool Insured => Object != "9";
    public int Nights => (Out.Date - In.Date).Days;
    public string Facility => Options.FacilityCode;
    public string HalfRate => "1.13";

    /// <summary>Cost lines written so far, for the sums.</summary>
    public List<Line> Lines { get; } = [];

    /// <summary>Whoever is on duty in a role.</summary>
    public string OnDuty(string licences) => Roster.OnDuty(licences, Roster.TeamOf(Kind, Index, Options.Days));

    /// <summary>Number that no other record of the corpus uses.</summary>
    public string Serial => Text.Number(NumberOf(Kind, Index), "D7");

    /// <summary>Number of a record and of its patient among all kinds.</summary>
    public static int NumberOf(SampleKind kind, int index) => (index * 4) + (int)kind;
}

/// <summary>A cost line waiting for its shares: what the visit is charged and what of it the insurance recognises.</summary>
internal sealed record Line(RowBuilder Row, decimal Charged, decimal Insured, decimal Others, DateTime Ordered);
