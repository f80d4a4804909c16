using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// The machines a service ran on: «group.funding[.facility].serial», further items of the same system as bare serial numbers.
/// </summary>
internal static class Machines
{
    /// <summary>Longer items are taken as they are.</summary>
    public const int Longest = 256;

    private static readonly BytePattern Form = BytePattern.Of("^([A-Z]|Đ){2,3}\\.[1-3](\\.[0-9]{5})?\\.[^; ]+$");
    private static readonly BytePattern Serial = BytePattern.Of("^[^; ]+$");

    public static Answer Judge(Value machines, RecordView record)
    {
        if (machines.IsEmpty) return Answer.NotApplicable;
        Span<byte> buffer = stackalloc byte[Longest];
        bool first = true;
        Answer answer = Answer.Holds;
        foreach (ReadOnlySpan<byte> item in machines.Items())
        {
            if (item.IsEmpty) continue;
            ReadOnlySpan<byte> machine = WithoutBrackets(item, buffer);
            bool full = Form.Matches(machine);
            if (!full && (first || !Serial.Matches(machine))) return Breach.OfPart(item);
            first = false;
            if (full && answer.Verdict == Verdict.Holds && IsUnusual(machine, machine.Length < item.Length, record))
                answer = Breach.OfPart(item).Weighing(Severity.Info).Saying("Dòng {stt}: MA_MAY \"{value}\" có nhóm máy lạ hoặc chưa ghi nguồn kinh phí trong ngoặc vuông.");
        }

        return answer;
    }

    /// <summary>
    /// The codes of machines in a cell of a list: without what stands in brackets, and without the further serial numbers of a system.
    /// </summary>
    public static List<string> Codes(string cell)
    {
        var codes = new List<string>();
        byte[] buffer = new byte[Longest];
        foreach (string item in cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            ReadOnlySpan<byte> machine = WithoutBrackets(System.Text.Encoding.UTF8.GetBytes(item), buffer);
            if (codes.Count == 0 || IsFull(machine)) codes.Add(Show.Of(machine));
        }

        return codes;
    }

    /// <summary>True for «group.funding.serial», not for a bare serial number. Without brackets.</summary>
    public static bool IsFull(ReadOnlySpan<byte> machine) => Form.Matches(machine);

    // 3176 renamed the analyser group DC to DN and wants the source of machines paid by others in square brackets.
    private static bool IsUnusual(ReadOnlySpan<byte> machine, bool hasSource, RecordView record)
    {
        int point = machine.IndexOf((byte)'.');
        bool known = Reading.Contains("HH VS SH SA XQ CL MRI PT TT XT SP PET XH NS DSA ĐT"u8, machine[..point])
            || machine[..point].SequenceEqual(record.SinceQD3176 ? "DN"u8 : "DC"u8);
        return !known || (record.SinceQD3176 && machine[point + 1] == '3' && !hasSource);
    }

    /// <summary>The item without what stands in square brackets; the buffer must hold <see cref="Longest"/> bytes.</summary>
    public static ReadOnlySpan<byte> WithoutBrackets(ReadOnlySpan<byte> item, Span<byte> buffer)
    {
        if (item.IndexOf((byte)'[') < 0 || item.Length > Longest) return item;
        int used = 0;
        int depth = 0;
        foreach (byte b in item)
        {
            if (b == '[') depth++;
            else if (b == ']' && depth > 0) depth--;
            else if (depth == 0) buffer[used++] = b;
        }

        return Blank.Trim(buffer[..used]);
    }
}
