using LienThong.Gateway.Rules;
using LienThong.Validation;

namespace LienThong.Server.Pages.Rules;

/// <summary>The form of an exception as a person filled it in.</summary>
/// <param name="Facility">Facility; <c>*</c> for all.</param>
/// <param name="Rule">Rule or group.</param>
/// <param name="Match">Where it holds.</param>
/// <param name="Action">What it does.</param>
/// <param name="Reason">Why.</param>
/// <param name="Evidence">What proves it.</param>
/// <param name="From">First day as typed.</param>
/// <param name="To">Last day as typed.</param>
public sealed record ExceptionForm(
    string Facility, string Rule, ExceptionMatch Match, ExceptionAction Action, string Reason, string Evidence, string From, string To)
{
    /// <summary>Reads a form or an address; what is missing stays empty.</summary>
    public static ExceptionForm Read(Func<string, string?> value)
    {
        string Of(string name) => value(name)?.Trim() ?? "";
        ExceptionMatch match = new()
        {
            Table = Of("bang"),
            Field = Of("truong"),
            Value = Of("gia-tri"),
            VisitKind = Of("loai-kcb"),
            Department = Of("khoa"),
            Item = Of("ma"),
            CardPrefix = Of("the"),
        };
        ExceptionAction action = Enum.TryParse(Of("viec"), out ExceptionAction wanted) && Enum.IsDefined(wanted) ? wanted : ExceptionAction.Warn;
        return new ExceptionForm(Of("co-so"), Of("quy-tac"), match, action, Of("ly-do"), Of("can-cu"), Of("tu"), Of("den"));
    }

    /// <summary>The request it means; null with a message when a day can't be read.</summary>
    public ExceptionDraft? ToDraft(out string message)
    {
        message = "";
        DateOnly? from = Vi.ReadDay(From);
        DateOnly? to = Vi.ReadDay(To);
        if ((From.Length > 0 && from is null) || to is null)
        {
            message = "Ghi ngày hết hạn (và ngày bắt đầu nếu có) ở dạng dd/MM/yyyy.";
            return null;
        }
        return new ExceptionDraft { Facility = Facility, Rule = Rule, Match = Match, Action = Action, Reason = Reason, Evidence = Evidence, From = from, To = to.Value };
    }
}
