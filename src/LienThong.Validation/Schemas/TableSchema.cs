using System.Globalization;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The schema of one table document: its elements in official order, each with the form its value must have.</summary>
internal static class TableSchema
{
    public static void Write(Stream stream, Release release, TableSpec table, TableChecks checks)
    {
        using var text = new SchemaText(stream, release, $"{table.Id.Code()}: {table.NameVi}");
        text.Open("element", "name", table.RootElement);
        if (table.RootElement == table.RecordElement) Row(text, table, checks);
        else Rows(text, table, checks);
        text.Close();
    }

    // A document of its own has a list and the signature slot; QĐ 4210 has the rows straight under the root.
    private static void Rows(SchemaText text, TableSpec table, TableChecks checks)
    {
        text.Open("complexType");
        text.Open("sequence");
        if (table.ListElement.Length > 0)
        {
            text.Open("element", "name", table.ListElement);
            text.Open("complexType");
            text.Open("sequence");
        }

        text.Open("element", "name", table.RecordElement, "maxOccurs", "unbounded");
        Row(text, table, checks);
        text.Close();
        if (table.ListElement.Length > 0) text.Close(3);
        if (table.LoaiHoSo.Length == 0) text.SignatureSlot();
        text.Close(2);
    }

    private static void Row(SchemaText text, TableSpec table, TableChecks checks)
    {
        text.Open("complexType");
        text.Open("sequence");
        for (int i = 0; i < table.Fields.Length; i++) Field(text, table.Fields[i], checks.Fields[i]);
        text.Close(2);
    }

    private static void Field(SchemaText text, FieldSpec field, FieldCheck check)
    {
        bool required = check.WhenEmpty == Severity.Block;
        string? pattern = ValuePattern.Of(check, required);
        text.Open("element", "name", field.Name, "minOccurs", required ? null : "0");
        text.Note(field.LabelVi);
        text.Open("simpleType");
        text.Open("restriction", "base", "xs:token");
        if (required && pattern is null) text.Put("minLength", "value", "1");
        if (check.MaxLength != int.MaxValue) text.Put("maxLength", "value", check.MaxLength.ToString(CultureInfo.InvariantCulture));
        if (pattern is not null) text.Put("pattern", "value", pattern);
        text.Close(3);
    }
}
