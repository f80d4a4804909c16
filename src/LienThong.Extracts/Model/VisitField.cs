namespace LienThong.Extracts;

/// <summary>A field of a section. Use the generated identifiers (<c>VisitFields.Drugs.TEN_THUOC</c>), so that a misspelt field doesn't compile.</summary>
/// <param name="Section">The section the field belongs to.</param>
/// <param name="Column">Its column, from 0.</param>
public readonly record struct VisitField(SectionId Section, byte Column)
{
    /// <summary>What the model says of it.</summary>
    public VisitFieldSpec Spec => VisitModel.Of(Section).Fields[Column];

    /// <summary>Section and field as JSON names them, e.g. <c>drugs.TEN_THUOC</c>.</summary>
    public override string ToString() => $"{VisitModel.Of(Section).Name}.{Spec.Name}";
}
