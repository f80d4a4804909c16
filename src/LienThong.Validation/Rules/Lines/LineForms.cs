using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML2 and XML3: the form of the values both tables have.</summary>
internal static class LineForms
{
    private static readonly BytePattern DepartmentForm = BytePattern.Of("^K[0-9]{2}([0-9]{2})*(\\.[0-9]{1,2})?(\\.D[0-9]{2})?$");

    public static readonly Rule[] All = [.. Of(LineFields.Drugs), .. Of(LineFields.Services)];

    private static Rule[] Of(LineFields at) =>
    [
        Forms.Text($"{at.Prefix}-PHAM_VI-001", at.Scope, "^[123]$"),
        Forms.Text($"{at.Prefix}-MA_PTTT-001", at.Method, "^[123]$"),
        Forms.Text($"{at.Prefix}-VET_THUONG_TP-001", at.Wound, "^1$"),
        Percent($"{at.Prefix}-TYLE_TT_BH-001", at.CoverRate),

        // A benefit rate is a percentage; how long it may be is the release's affair.
        new RowRule($"{at.Prefix}-MUC_HUONG-001", at.Level, (row, _) =>
            row[at.Level].Decimal() is var level && level.IsAbsent ? Answer.NotApplicable : level is { IsPresent: true, Value: >= 0 and <= 100 })
        {
            OwnsForm = true,
        },

        new RowRule($"{at.Prefix}-MA_KHOA-001", at.Department, (row, _) => AreDepartments(row[at.Department])) { OwnsForm = true },

        new RowRule($"{at.Prefix}-MA_BAC_SI-001", at.Doctor, (row, _) => AreStaff(row[at.Doctor])),

        // Cost-sharing rates are the card's rate, halved or lowered for patients who come on their own.
        new RowRule($"{at.Prefix}-MUC_HUONG-002", at.Level, (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!record.InClaim || line.Scope != 1) return Answer.NotApplicable;
            if (!line.Has(Amounts.Covered | Amounts.Level)) return Answer.Malformed;
            if (line.Covered <= 0) return Answer.NotApplicable;
            return line.Level is 80 or 95 or 100 or 40 or 47.5m or 50 or 32 or 38 or 0 || (line.Level == 48 && IsWholeNumber(record, at.Level));
        }, at.Covered, at.Scope),

        // Outside cover (PHAM_VI 2) nothing is insurance money; the finding names the amount that is.
        new RowRule($"{at.Prefix}-PHAM_VI-002", at.Scope, (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (line.Scope != 2) return Answer.NotApplicable;
            if (!line.Has(Amounts.CoverRate | Amounts.Covered | Amounts.Fund | Amounts.Copaid)) return Answer.Malformed;
            return line is { CoverRate: 0, Covered: 0, Fund: 0, Copaid: 0 };
        }, at.CoverRate, at.Covered, at.Fund, at.Copaid),

        // Only cards of the forces pay outside the list (PHAM_VI 3).
        new RowRule($"{at.Prefix}-PHAM_VI-003", at.Scope, static (row, record) =>
            record.Lines.Of(row).Scope == 3 ? Cards.HasCardOfTheForces(record) : Answer.NotApplicable, Xml1.MA_THE_BHYT),
    ];

    /// <summary>A whole number from 0 to 100.</summary>
    public static RowRule Percent(string code, FieldId field) => new(code, field, (row, _) =>
        row[field].IsEmpty ? Answer.NotApplicable : row[field].Integer() is { IsPresent: true, Value: <= 100 })
    {
        OwnsForm = true,
    };

    // Before MUC_HUONG had decimals, 47.5 was written 48.
    private static bool IsWholeNumber(RecordView record, FieldId level) =>
        record.Release.Table(level.Table)?.Find(level) is { Kind: FieldKind.Integer };

    private static Answer AreDepartments(Value value)
    {
        foreach (ReadOnlySpan<byte> item in value.Items())
        {
            if (!item.IsEmpty && !DepartmentForm.Matches(item)) return Breach.OfPart(item);
        }

        return Answer.Holds;
    }

    // Licence numbers, social-security numbers and suffixes all occur; only a blank inside is surely wrong. Empty items are FAM-LIST's affair.
    private static Answer AreStaff(Value value)
    {
        foreach (ReadOnlySpan<byte> item in value.Items())
        {
            if (item.IndexOfAny((byte)' ', (byte)'\t', (byte)'\n') >= 0) return Breach.OfPart(item);
        }

        return Answer.Holds;
    }
}
