namespace LienThong.Extracts;

/// <summary>Headers and first rows of a table.</summary>
internal sealed record TableSample(string Name, IReadOnlyList<ColumnSample> Columns)
{
    /// <summary>Reads them.</summary>
    public static TableSample Of(RowSource rows, int most)
    {
        List<string>[] values = [.. rows.Columns.Select(_ => new List<string>())];
        for (int row = 0; row < most && rows.Read(); row++)
        {
            if (rows.Fault is not null) continue;
            for (int i = 0; i < values.Length; i++) values[i].Add(rows[i]);
        }

        return new TableSample(rows.Name, [.. rows.Columns.Select((header, i) => new ColumnSample(header, FoldedName.Of(header), new ValueShapes(values[i]))).Where(c => c.Header.Length > 0)]);
    }
}

/// <summary>A column of a sample.</summary>
/// <param name="Header">Its header.</param>
/// <param name="FoldedHeader">The header without accents, case and punctuation.</param>
/// <param name="Shapes">What its values look like.</param>
internal sealed record ColumnSample(string Header, string FoldedHeader, ValueShapes Shapes);

/// <summary>How well a column fits a field.</summary>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Reason">Why, in Vietnamese.</param>
internal readonly record struct ColumnMatch(double Confidence, string Reason)
{
    /// <summary>Holds a column against a field.</summary>
    public static ColumnMatch Of(ColumnSample column, VisitFieldSpec field, NumberForm numbers)
    {
        (double name, string reason) = ByName(column, field);
        bool points = column.Shapes.Points() == field.Id;
        if (name == 0) return points ? new ColumnMatch(0.6, $"Giá trị có dạng của {field.Name}.") : default;
        if (column.Shapes.Fits(field, numbers) is not { } fits) return new ColumnMatch(name, reason);
        return fits ? new ColumnMatch(Math.Min(1, name + 0.03), reason + " Giá trị đúng dạng.") : new ColumnMatch(name * 0.45, reason + " Nhưng giá trị không đúng dạng.");
    }

    private static (double Confidence, string Reason) ByName(ColumnSample column, VisitFieldSpec field)
    {
        if (string.Equals(column.Header, field.Name, StringComparison.OrdinalIgnoreCase)) return (0.97, "Trùng mã trường.");
        if (NameMapping.FieldOf(VisitModel.Of(field.Id.Section), column.Header) == field)
            return column.FoldedHeader == FoldedName.Of(field.LabelVi + field.Name) ? (0.96, "Trùng mã và tên trường.") : (0.93, "Trùng tên trường.");
        if (Synonyms.Holds(field, column.FoldedHeader)) return (0.85, "Tên thường dùng trong HIS.");
        return column.FoldedHeader.Length >= 6 && Validation.Custom.Spelling.Nearest(column.FoldedHeader, [FoldedName.Of(field.Name)]) is not null ? (0.55, "Tên gần giống.") : (0, "");
    }
}
