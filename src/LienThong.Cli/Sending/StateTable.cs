using System.Globalization;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Records;
using Spectre.Console;

namespace LienThong.Cli.Sending;

/// <summary>How many records stand where.</summary>
internal static class StateTable
{
    private static readonly RecordState[] Order =
    [
        RecordState.Received, RecordState.Invalid, RecordState.Ready, RecordState.Held, RecordState.Signed, RecordState.Sending,
        RecordState.Accepted, RecordState.Rejected, RecordState.OutcomeUnknown, RecordState.Superseded,
    ];

    /// <summary>Prints the states that occur, in the order of the way, and the sum.</summary>
    public static void Print(IReadOnlyDictionary<RecordState, long> counts)
    {
        (RecordState State, long Count)[] rows = [.. Order.Select(s => (s, counts.GetValueOrDefault(s))).Where(r => r.Item2 > 0)];
        long sum = rows.Sum(r => r.Count);
        if (Screen.IsWatched) PrintTable(rows, sum);
        else PrintLines(rows, sum);
    }

    private static void PrintTable((RecordState State, long Count)[] rows, long sum)
    {
        Screen.Flush();
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("Trạng thái").AddColumn(new TableColumn("Hồ sơ").RightAligned()).AddColumn("Nghĩa là");
        foreach ((RecordState state, long count) in rows)
        {
            string colour = state switch
            {
                RecordState.Accepted => "green",
                RecordState.Invalid or RecordState.Rejected => "red",
                RecordState.OutcomeUnknown or RecordState.Held => "yellow",
                _ => "default",
            };
            table.AddRow($"[{colour}]{Markup.Escape(RecordStates.Vietnamese(state))}[/]", Number(count), Markup.Escape(Meaning(state)));
        }

        table.Columns[0].Footer = new Text("Cộng");
        table.Columns[1].Footer = new Text(Number(sum)).RightJustified();
        AnsiConsole.Write(table);
    }

    private static void PrintLines((RecordState State, long Count)[] rows, long sum)
    {
        foreach ((RecordState state, long count) in rows)
            Screen.Out.WriteLine($"  {RecordStates.Vietnamese(state),-18} {Number(count),8}  {Meaning(state)}");
        Screen.Out.WriteLine($"  {"Cộng",-18} {Number(sum),8}");
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Meaning(RecordState state) => state switch
    {
        RecordState.Received => "chờ kiểm tra",
        RecordState.Invalid => "phải sửa rồi mới gửi được",
        RecordState.Ready => "chờ ký",
        RecordState.Held => "người phụ trách đang giữ lại",
        RecordState.Signed => "chờ gửi",
        RecordState.Sending => "đang gửi lên Cổng",
        RecordState.Accepted => "Cổng đã nhận, có mã giao dịch",
        RecordState.Rejected => "Cổng trả lại, xem lý do rồi sửa",
        RecordState.OutcomeUnknown => "chưa biết Cổng đã nhận chưa, sẽ gửi lại đúng gói cũ",
        RecordState.Superseded => "đã có bản mới hơn",
        _ => "",
    };
}
