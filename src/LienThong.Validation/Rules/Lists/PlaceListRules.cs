using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Facilities, departments and beds against their lists.</summary>
internal static class PlaceListRules
{
    public static readonly Rule[] All =
    [
        Facility(Xml1.MA_CSKCB),
        Facility(Xml1.MA_NOI_DI),
        Facility(Xml1.MA_NOI_DEN),
        Facility(Xml1.MA_DKBD),

        Department(Xml2.MA_KHOA),
        Department(Xml3.MA_KHOA),

        Listed.OnDay("CAT-GIUONG-001", Xml3.MA_GIUONG, static () => FacilityLists.Departments, static (row, _, list, day) => IsDeclaredBed(row, list, day), Xml3.MA_KHOA),

        Listed.OnDay("CAT-GIUONG-002", Xml3.MA_DICH_VU, static () => NationalLists.Beds, static (row, _, list, day) =>
        {
            ReadOnlySpan<byte> code = row[Xml3.MA_DICH_VU].Trimmed;
            if (row.Group() is not (14 or 15 or 16)) return Answer.NotApplicable;
            if (!list.Contains(code, day)) return Listed.Absent(list, code, day);
            bool ownPrefix = code.Length > 3 && code[0] == (byte)'K' && code[3] == (byte)'.';
            return !ownPrefix || row[Xml3.MA_KHOA].IsEmpty || DepartmentCodes.Overlap(code[..3], row[Xml3.MA_KHOA].Trimmed);
        }, Xml3.MA_KHOA),

        new RowRule("CAT-FACILITY-001", Xml1.MA_DOITUONG_KCB, static (row, record) => FitsLevel(row, record)),
    ];

    // Compared with the day of coming; MA_DKBD may name just a province, as 01000.
    private static RowRule Facility(FieldId field) => new("CAT-CSKCB-001", field, (row, record) =>
    {
        if (row[field].IsEmpty) return Answer.NotApplicable;
        CodeList list = record.List(NationalLists.Facilities);
        DateOnly day = record.Arrived.IsPresent ? record.Arrived.Value.Day() : record.Day;
        if (!list.Covers(day)) return Answer.Uncovered(list);
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (item.IsEmpty || list.Contains(item, day)) continue;
            bool wholeProvince = field == Xml1.MA_DKBD && item.Length == 5 && item[2..].SequenceEqual("000"u8);
            if (!wholeProvince || record.Lists.Find(NationalLists.Provinces) is { } provinces && provinces.History(item[..2]).IsEmpty) return Listed.Absent(list, item, day);
        }

        return Answer.Holds;
    }, Xml1.NGAY_VAO);

    // Either the day of the order or that of discharge will do.
    private static RowRule Department(FieldId field) => Listed.OfCell("CAT-KHOA-002", field, static () => FacilityLists.Departments, (row, record, list, day) =>
    {
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (!item.IsEmpty && !list.Contains(item, day) && !list.Contains(item, record.Day)) return Listed.Absent(list, item, day);
        }

        return Answer.Holds;
    });

    // H012 is planned bed 12, T003 extra bed 3; other kinds have no declared number.
    private static Answer IsDeclaredBed(Row row, CodeList list, DateOnly day)
    {
        CodeRows departments = list.Rows(row[Xml3.MA_KHOA].Trimmed, day);
        if (departments.IsEmpty) return Answer.NotApplicable;
        foreach (ReadOnlySpan<byte> bed in row[Xml3.MA_GIUONG].Items())
        {
            if (bed.Length < 2 || bed[0] is not ((byte)'H' or (byte)'T')) continue;
            Read<int> number = Typed.Integer(bed[1..]);
            if (number.IsPresent && Beds(departments, bed[0] == (byte)'H') is { } most && number.Value > most) return Breach.OfPart(bed).Expecting($"tối đa {Show.Money(most)}");
        }

        return Answer.Holds;
    }

    private static decimal? Beds(CodeRows departments, bool planned)
    {
        decimal? most = null;
        foreach (CodeRow row in departments)
        {
            Read<decimal> beds = row.Number(planned ? Columns.Planned : Columns.Extra);
            if (!beds.IsPresent) continue;
            decimal all = beds.Value + row.Number(Columns.Intensive).Or(0) + row.Number(Columns.Emergency).Or(0);
            if (!(all <= most)) most = all;
        }

        return most;
    }

    private static Answer FitsLevel(Row row, RecordView record)
    {
        CodeList list = record.List(NationalLists.Facilities);
        foreach (CodeRow facility in list.Rows(row[Xml1.MA_CSKCB].Trimmed, record.Day))
        {
            if (record.VisitKind == 6 && !facility[Columns.Kind].IsEmpty && !Reading.Contains("TYT PKDKKV NHS"u8, facility[Columns.Kind])) return Breach.Of(Xml1.MA_LOAI_KCB);
            int level = Level(facility[Columns.Level]);
            int wanted = WantedLevel(row[Xml1.MA_DOITUONG_KCB]);
            if (level > 0 && wanted > 0 && level != wanted) return Answer.Broken;
            if (row[Xml1.MA_DOITUONG_KCB].Is("3.3"u8) && !facility[Columns.FormerDistrict].IsEmpty) return facility.Is(Columns.FormerDistrict);
        }

        return Answer.Holds;
    }

    private static int WantedLevel(Value patientObject) =>
        patientObject.IsOneOf("1.2 1.11"u8) ? 1
        : patientObject.IsOneOf("1.12 1.13 1.14 1.15 1.16"u8) ? 2
        : patientObject.IsOneOf("1.17 1.18 3.1 3.2 3.6"u8) ? 3 : 0;

    // 1, 2, 3, or the words of the portal's list.
    private static int Level(ReadOnlySpan<byte> text) =>
        text is [>= (byte)'1' and <= (byte)'3'] ? text[0] - '0'
        : text.IndexOf("ban đầu"u8) >= 0 ? 1
        : text.IndexOf("cơ bản"u8) >= 0 ? 2
        : text.IndexOf("chuyên sâu"u8) >= 0 ? 3 : 0;

    private static class Columns
    {
        public static readonly int Planned = FacilityLists.Departments.At("GIUONG_PD");
        public static readonly int Extra = FacilityLists.Departments.At("GIUONG_TK");
        public static readonly int Intensive = FacilityLists.Departments.At("GIUONG_HSTC");
        public static readonly int Emergency = FacilityLists.Departments.At("GIUONG_HSCC");
        public static readonly int Level = NationalLists.Facilities.At("level");
        public static readonly int Kind = NationalLists.Facilities.At("kind");
        public static readonly int FormerDistrict = NationalLists.Facilities.At("former_district");
    }
}
