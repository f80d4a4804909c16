using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.Portal.Channels;

namespace LienThong.Gateway.Deliveries;

/// <summary>A further destination of a facility: no secret in it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Kind">As <see cref="ChannelKinds"/>.</param>
/// <param name="Address">Where it is.</param>
/// <param name="UserName">Account.</param>
/// <param name="HasSecret">A password is stored.</param>
/// <param name="Options">Names of the options that are set; their values may be secrets and aren't shown.</param>
/// <param name="Enabled">New records go there, and what waits is sent.</param>
/// <param name="SendAfter">When a record goes there.</param>
/// <param name="Uninsured">Records without card too.</param>
/// <param name="Window">When it may be sent to, as <see cref="SendWindows"/>; empty for always.</param>
/// <param name="MaxParallel">Calls at the same time.</param>
/// <param name="PausedCause">Why it waits for a person; null when it runs.</param>
public sealed record ChannelView(
    string Id, string Facility, string Name, string Kind, string Address, string UserName, bool HasSecret, IReadOnlyList<string> Options, bool Enabled,
    ChannelMoment SendAfter, bool Uninsured, string Window, int MaxParallel, string? PausedCause);

/// <summary>Settings of a further destination to write.</summary>
/// <param name="Facility">Facility code; not changed later.</param>
/// <param name="Name">Name for people, 1–100 characters.</param>
/// <param name="Kind">As <see cref="ChannelKinds"/>; not changed later.</param>
/// <param name="Address">Absolute address.</param>
/// <param name="UserName">Account; may be empty.</param>
/// <param name="Password">Password; null keeps the one that is stored.</param>
/// <param name="Options">Options of the kind; null keeps those that are stored.</param>
/// <param name="SendAfter">When a record goes there.</param>
/// <param name="Uninsured">Records without card too.</param>
/// <param name="Window">As <see cref="SendWindows"/>; empty for always.</param>
/// <param name="MaxParallel">1–16.</param>
public sealed record ChannelDraft(
    string Facility, string Name, string Kind, string Address, string UserName, string? Password, IReadOnlyDictionary<string, string>? Options,
    ChannelMoment SendAfter, bool Uninsured, string Window, int MaxParallel);

/// <summary>Further destinations of facilities. Changes need <see cref="Permissions.ManageFacilities"/> and are audited; a change lets a paused one run again.</summary>
public sealed class ChannelDesk(Database database, FacilityStore facilities, ChannelStore store, Secrets secrets, IChannelOpener opener, DeliverySignal signal)
{
    private const string BadWindow = "Khung giờ gửi không đúng; ghi như «T2-T6 18:00-06:00; T7,CN 00:00-24:00», để trống nếu gửi mọi lúc.";

    /// <summary>Kinds that can be added. The national portal isn't one: its account belongs to the facility.</summary>
    public static IReadOnlyList<string> Kinds => [.. ChannelKinds.All.Where(k => k != ChannelKinds.Bhxh)];

    /// <summary>Destinations of the caller's facilities, by facility and name.</summary>
    public async Task<IReadOnlyList<ChannelView>> ListAsync(Caller caller, CancellationToken ct) => (await store.ListAsync(caller, ct)).ConvertAll(View);

    /// <summary>One; null when unknown or out of scope.</summary>
    public async Task<ChannelView?> FindAsync(Caller caller, string id, CancellationToken ct) => await store.FindAsync(caller, id, ct) is { } row ? View(row) : null;

    /// <summary>When the caller's facilities send records to the national portal, by facility; empty for always.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NationalWindowsAsync(Caller caller, CancellationToken ct) =>
        (await facilities.ListAsync(caller, ct)).ToDictionary(f => f.Facility, f => f.SendWindow, StringComparer.Ordinal);

    /// <summary>Sets when a facility sends records to the national portal. Check-ins and forms go at any time.</summary>
    public async Task<DeliveryChange> SetNationalWindowAsync(Caller caller, string facility, string text, CancellationToken ct)
    {
        if (!caller.May(Permissions.ManageFacilities))
            return DeliveryChange.Forbidden;
        if (SendWindows.TryParse(text) is not { } window)
            return DeliveryChange.Refused(BadWindow);
        await using WriteSession session = await database.BeginAsync(ct);
        if (!caller.Scope.Holds(facility) || await FacilityStore.SetSendWindowAsync(session, facility, window.Text, ct) == 0)
            return DeliveryChange.NotFound;
        session.Audit(facility, caller.Name, "facility.send-window-set", facility, window.Text);
        await session.CommitAsync(ct);
        return DeliveryChange.Made;
    }

    /// <summary>Adds a destination, switched off until somebody switches it on.</summary>
    /// <returns>What became of it, and its id.</returns>
    public async Task<(DeliveryChange Change, string? Id)> AddAsync(Caller caller, ChannelDraft draft, CancellationToken ct)
    {
        if (!Kinds.Contains(draft.Kind, StringComparer.Ordinal))
            return (DeliveryChange.Refused($"Không có loại kênh «{draft.Kind}»; chọn một trong: {string.Join(", ", Kinds)}."), null);
        string id = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString("N");
        return (await SaveAsync(caller, id, draft, null, ct), id);
    }

    /// <summary>Writes the settings of a destination anew.</summary>
    public async Task<DeliveryChange> ChangeAsync(Caller caller, string id, ChannelDraft draft, CancellationToken ct) =>
        await store.FindAsync(caller, id, ct) is not { } known ? DeliveryChange.NotFound
        : await SaveAsync(caller, id, draft with { Facility = known.Facility, Kind = known.Kind }, known, ct);

    /// <summary>Switches a destination on or off. On also lets one run again that waited for a person.</summary>
    public Task<DeliveryChange> SetEnabledAsync(Caller caller, string id, bool enabled, CancellationToken ct) => WriteAsync(
        caller, id, enabled ? "channel.enabled" : "channel.disabled", async (session, facility) =>
        {
            await ChannelStore.SetEnabledAsync(session, id, enabled, ct);
            // A remembered refusal of its account mustn't outlive the person who mended it.
            if (enabled)
                await PortalSessionStore.ForgetAsync(session, facility, ct);
            return "";
        }, ct);

    /// <summary>Takes a destination away: its password is deleted, what waits for it is closed, its receipts stay.</summary>
    public Task<DeliveryChange> RemoveAsync(Caller caller, string id, CancellationToken ct) => WriteAsync(
        caller, id, "channel.removed", async (session, _) => $"{await ChannelStore.RemoveAsync(session, id, "Kênh gửi đã gỡ.", ct)} deliveries closed", ct);

    /// <summary>Tries a destination without sending anything: its settings, and where it can be asked, connection and account.</summary>
    public async Task<DeliveryChange> TestAsync(Caller caller, string id, CancellationToken ct)
    {
        if (await store.FindAsync(caller, id, ct) is not { } row || await facilities.FindAsync(caller, row.Facility, ct) is not { } facility)
            return DeliveryChange.NotFound;
        ChannelSettings settings = DeliveryChannels.SettingsOf(row, facility, secrets);
        if (opener.Problem(settings) is { } problem)
            return DeliveryChange.Refused(problem);
        return await opener.Open(settings).AskAsync("LIENTHONG-TEST", ct) switch
        {
            null => new DeliveryChange(true, "", "Cài đặt hợp lệ. Kênh này không hỏi thử được; lần gửi đầu tiên sẽ cho biết kết nối."),
            SendOutcome.NotSent failed => DeliveryChange.Refused(failed.Cause),
            SendOutcome.Unknown { Answer: null } lost => DeliveryChange.Refused(lost.Cause),
            _ => new DeliveryChange(true, "", "Kết nối và đăng nhập được; nơi nhận đã trả lời."),
        };
    }

    private async Task<DeliveryChange> SaveAsync(Caller caller, string id, ChannelDraft draft, ChannelRow? known, CancellationToken ct)
    {
        if (!caller.May(Permissions.ManageFacilities))
            return DeliveryChange.Forbidden;
        if (await facilities.FindAsync(caller, draft.Facility, ct) is not { } facility)
            return DeliveryChange.Refused($"Cơ sở {draft.Facility} chưa được khai báo.");
        if (draft.Name.Trim().Length is 0 or > 100)
            return DeliveryChange.Refused("Ghi tên kênh, không quá 100 ký tự.");
        if (!Uri.TryCreate(draft.Address.Trim(), UriKind.Absolute, out Uri? address))
            return DeliveryChange.Refused("Địa chỉ không đúng; ghi đủ, ví dụ https://… hoặc ftp://….");
        if (SendWindows.TryParse(draft.Window) is not { } window)
            return DeliveryChange.Refused(BadWindow);
        if (draft.MaxParallel is < 1 or > 16)
            return DeliveryChange.Refused("Số cuộc gọi cùng lúc từ 1 đến 16.");
        IReadOnlyDictionary<string, string> options = draft.Options ?? (known is null ? new Dictionary<string, string>(StringComparer.Ordinal) : DeliveryChannels.OptionsOf(known, secrets));
        ChannelRow row = new()
        {
            ChannelId = id,
            Facility = draft.Facility,
            Name = draft.Name.Trim(),
            Kind = draft.Kind,
            Address = address.AbsoluteUri,
            UserName = draft.UserName.Trim(),
            Secret = draft.Password is { } password ? password.Length == 0 ? null : secrets.Protect(password) : known?.Secret,
            Options = secrets.Protect(JsonSerializer.Serialize(options)),
            Enabled = known?.Enabled ?? 0,
            SendAfter = draft.SendAfter.ToString(),
            Uninsured = draft.Uninsured ? 1 : 0,
            SendWindow = window.Text,
            MaxParallel = draft.MaxParallel,
            UpdatedAt = database.Now,
        };
        if (opener.Problem(DeliveryChannels.SettingsOf(row, facility, secrets)) is { } problem)
            return DeliveryChange.Refused(problem);
        await using WriteSession session = await database.BeginAsync(ct);
        await ChannelStore.SaveAsync(session, row, ct);
        session.Audit(row.Facility, caller.Name, known is null ? "channel.added" : "channel.changed", id, $"{row.Kind} {row.Name} {row.UserName}");
        await session.CommitAsync(ct);
        signal.Pulse();
        return DeliveryChange.Made;
    }

    private async Task<DeliveryChange> WriteAsync(Caller caller, string id, string action, Func<WriteSession, string, Task<string>> write, CancellationToken ct)
    {
        if (!caller.May(Permissions.ManageFacilities))
            return DeliveryChange.Forbidden;
        if (await store.FindAsync(caller, id, ct) is not { } row)
            return DeliveryChange.NotFound;
        await using WriteSession session = await database.BeginAsync(ct);
        session.Audit(row.Facility, caller.Name, action, id, await write(session, row.Facility));
        await session.CommitAsync(ct);
        signal.Pulse();
        return DeliveryChange.Made;
    }

    private ChannelView View(ChannelRow r) => new(
        r.ChannelId, r.Facility, r.Name, r.Kind, r.Address, r.UserName, r.Secret is not null, [.. DeliveryChannels.OptionsOf(r, secrets).Keys.Order(StringComparer.Ordinal)],
        r.Enabled != 0, Enum.Parse<ChannelMoment>(r.SendAfter), r.Uninsured != 0, r.SendWindow, r.MaxParallel, r.PausedCause);
}
