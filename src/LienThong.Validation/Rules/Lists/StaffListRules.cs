using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>People who ordered, did or signed something against the facility's form 02/DM.</summary>
internal static class StaffListRules
{
    private static readonly BytePattern Lent = BytePattern.Of("^[^;]+\\.(C|TX|HD|CG)\\.[0-9X]{5}$");
    private static readonly BytePattern Trainee = BytePattern.Of("^[^;]+\\.[0-9]{12}$");

    public static readonly Rule[] All =
    [
        Known("CAT-NVYT-001", Xml1.MA_TTDV),
        Known("CAT-NVYT-001", Xml2.MA_BAC_SI),
        Known("CAT-NVYT-001", Xml3.MA_BAC_SI),
        Known("CAT-NVYT-001", Xml3.NGUOI_THUC_HIEN),
        Known("CAT-NVYT-001", Xml4.MA_BS_DOC_KQ),
        Known("CAT-NVYT-001", Xml5.NGUOI_THUC_HIEN),

        Licensed(Xml2.MA_BAC_SI),
        Licensed(Xml3.MA_BAC_SI),
        Licensed(Xml3.NGUOI_THUC_HIEN),

        InDepartment(Xml2.MA_BAC_SI, Xml2.MA_KHOA),
        InDepartment(Xml3.MA_BAC_SI, Xml3.MA_KHOA),

        // One of those who did it may do it; who isn't in form 02/DM is told by CAT-NVYT-001.
        Listed.OnDay("CAT-NVYT-004", Xml3.NGUOI_THUC_HIEN, static () => FacilityLists.Staff, static (row, record, list, day) =>
            row[Xml3.MA_DICH_VU].IsEmpty || DoneElsewhere(row) ? Answer.NotApplicable : IsInScope(row, record, list, day), Xml3.MA_DICH_VU),
    ];

    private static RowRule Known(string code, FieldId field) => Listed.OfCell(code, field, static () => FacilityLists.Staff, (row, _, list, day) =>
    {
        if (DoneElsewhere(row)) return Answer.NotApplicable;
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (!IsOurs(item)) continue;
            ReadOnlySpan<byte> person = Person(item);
            if (!list.Contains(person, day) && !IsForLicence(list, person, day)) return Listed.Absent(list, item, day);
        }

        return Answer.Holds;
    });

    // Known, but not for the day, or with a licence of a later day.
    private static RowRule Licensed(FieldId field) => Listed.OfCell("CAT-NVYT-002", field, static () => FacilityLists.Staff, (row, _, list, day) =>
    {
        if (DoneElsewhere(row)) return Answer.NotApplicable;
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (!IsOurs(item)) continue;
            ReadOnlySpan<byte> person = Person(item);
            if (list.Contains(person, day) ? IsLicensedLater(list, person, day) : IsForLicence(list, person, day)) return Listed.Absent(list, item, day);
        }

        return Answer.Holds;
    });

    private static RowRule InDepartment(FieldId field, FieldId department) => Listed.OnDay("CAT-NVYT-003", field, static () => FacilityLists.Staff, (row, _, list, day) =>
    {
        if (row[department].IsEmpty || DoneElsewhere(row)) return Answer.NotApplicable;
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (!IsOurs(item)) continue;
            CodeRows rows = list.Rows(Person(item), day);
            if (!rows.IsEmpty && !WorksIn(rows, row[department])) return Breach.OfPart(item);
        }

        return Answer.Holds;
    }, department);

    private static bool DoneElsewhere(Row row) => row.Table.Id == TableId.Xml3 && ServiceCodeRules.IsSentOut(row);

    // People lent by other facilities carry their facility's code; they are in that facility's form.
    private static bool IsOurs(ReadOnlySpan<byte> item) => !item.IsEmpty && (item.IndexOf((byte)'.') < 0 || !Lent.Matches(item));

    // A trainee's own number and a staff number in brackets stand behind the licence.
    private static ReadOnlySpan<byte> Person(ReadOnlySpan<byte> item)
    {
        if (item[^1] is (byte)')' or (byte)']')
        {
            int open = item.LastIndexOfAny((byte)'(', (byte)'[');
            if (open > 0) item = Blank.Trim(item[..open]);
        }

        return item.IndexOf((byte)'.') >= 0 && Trainee.Matches(item) ? item[..^13] : item;
    }

    // Known for other days, and CAT-NVYT-002 is in force to say so.
    private static bool IsForLicence(CodeList list, ReadOnlySpan<byte> person, DateOnly day)
    {
        if (day < Columns.LicenceRule.EffectiveFrom) return false;
        foreach (CodeRow row in list.History(person))
        {
            if (row.Accepted != false) return true;
        }

        return false;
    }

    private static bool IsLicensedLater(CodeList list, ReadOnlySpan<byte> person, DateOnly day)
    {
        foreach (CodeRow row in list.Rows(person, day))
        {
            Read<DateOnly> issued = Typed.Date8(row[Columns.Issued]);
            if (!issued.IsPresent || issued.Value <= day) return false;
        }

        return true;
    }

    private static bool WorksIn(CodeRows rows, Value departments)
    {
        foreach (CodeRow row in rows)
        {
            if (row[Columns.Departments].IsEmpty) return true;
            foreach (ReadOnlySpan<byte> own in new ListItems(row[Columns.Departments]))
            {
                foreach (ReadOnlySpan<byte> wanted in departments.Items())
                {
                    if (DepartmentCodes.Overlap(own, wanted)) return true;
                }
            }
        }

        return false;
    }

    private static Answer IsInScope(Row row, RecordView record, CodeList staff, DateOnly day)
    {
        CodeList scopes = record.List(NationalLists.Scopes);
        if (!scopes.Covers(day)) return Answer.Uncovered(scopes);
        ReadOnlySpan<byte> service = row[Xml3.MA_DICH_VU].Trimmed;
        bool judged = false;
        foreach (ReadOnlySpan<byte> item in row[Xml3.NGUOI_THUC_HIEN].Items())
        {
            if (item.IsEmpty) continue;
            foreach (CodeRow person in staff.Rows(Person(item), day))
            {
                if (MayDo(person, scopes, service, day, ref judged)) return Answer.Holds;
            }
        }

        return judged ? Answer.Broken : Answer.NotApplicable;
    }

    private static bool MayDo(CodeRow person, CodeList scopes, ReadOnlySpan<byte> service, DateOnly day, ref bool judged)
    {
        foreach (ReadOnlySpan<byte> other in new ListItems(person[Columns.OtherServices]))
        {
            if (!other.IsEmpty && service.StartsWith(other)) return true;
        }

        foreach (ReadOnlySpan<byte> scope in new ListItems(person[Columns.Scopes]))
        {
            foreach (CodeRow allowed in scopes.Rows(scope, day))
            {
                judged = true;
                if (service.StartsWith(allowed[Columns.ScopeService])) return true;
            }
        }

        return false;
    }

    private static class Columns
    {
        public static readonly RuleInfo LicenceRule = RuleCatalogue.Get("CAT-NVYT-002");
        public static readonly int Issued = FacilityLists.Staff.At("NGAYCAP_CCHN");
        public static readonly int Departments = FacilityLists.Staff.At("MA_KHOA");
        public static readonly int Scopes = FacilityLists.Staff.At("PHAMVI_CM");
        public static readonly int OtherServices = FacilityLists.Staff.At("DVKT_KHAC");
        public static readonly int ScopeService = NationalLists.Scopes.At("service");
    }
}
