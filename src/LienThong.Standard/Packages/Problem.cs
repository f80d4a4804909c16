namespace LienThong.Standard;

/// <summary>A deviation of a file or its envelope, with its place. What belongs to a record is a <see cref="Deviation"/> and becomes a finding.</summary>
/// <param name="Code">Stable code for programs, e.g. <c>PKG-XML-001</c>; never given a second meaning.</param>
/// <param name="Severity">A blocking problem with a <paramref name="Hoso"/> blocks that record; without one it concerns the file.</param>
/// <param name="Message">One sentence for people, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese; empty when nothing has to be done.</param>
/// <param name="Line">Line in the file, from 1; null when no place is known.</param>
/// <param name="Position">Byte within the line, from 1; null when no place is known.</param>
/// <param name="Hoso">Position of the <c>HOSO</c> in the file, from 0; null when the file as a whole is meant.</param>
/// <param name="Field">Element of the envelope it is about, e.g. <c>MACSKCB</c>; null when none is.</param>
public sealed record Problem(string Code, Severity Severity, string Message, string Fix, long? Line = null, long? Position = null, int? Hoso = null, string? Field = null);
