using LienThong.Gateway.Access;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Facilities;

namespace LienThong.Server.Pages.Cards;

/// <summary>A facility on the pages of card lookups.</summary>
/// <param name="Code">Facility code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Setting">How it wants cards looked up.</param>
/// <param name="Own">Who looks up when the one who looks at the page asks; null when nobody is set.</param>
/// <param name="Registered">Who is set for the facility; null when nobody is.</param>
/// <param name="HasAccount">Whether it has an account at the portal.</param>
public sealed record CardFacility(string Code, string Name, CardSetting Setting, CardStaff? Own, CardStaff? Registered, bool HasAccount);

/// <summary>What pages of card lookups show of facilities.</summary>
internal sealed class CardPageData(CardSettings settings, FacilitySettings facilities)
{
    /// <summary>Facilities to choose from.</summary>
    public Task<IReadOnlyList<FacilityView>> FacilitiesAsync(Caller caller, CancellationToken ct) => facilities.ListAsync(caller, ct);

    /// <summary>Facilities with everything that can be set.</summary>
    public async Task<IReadOnlyList<CardFacility>> SettingsAsync(Caller caller, CancellationToken ct)
    {
        Dictionary<string, CardSetting> set = (await settings.ListAsync(caller, ct)).ToDictionary(s => s.Facility, StringComparer.Ordinal);
        List<CardFacility> found = [];
        foreach (FacilityView f in await facilities.ListAsync(caller, ct))
        {
            found.Add(new CardFacility(
                f.Facility, f.Name, set[f.Facility], await settings.StaffOfAsync(caller, f.Facility, ct), await settings.StaffForFacilityAsync(caller, f.Facility, ct), f.PortalUser is not null));
        }
        return found;
    }
}
