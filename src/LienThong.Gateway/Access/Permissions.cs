using System.Collections.Frozen;

namespace LienThong.Gateway.Access;

/// <summary>What can be allowed. Endpoints and pages name these, never roles.</summary>
public static class Permissions
{
    /// <summary>See record lists, contents and findings.</summary>
    public const string ReadRecords = "records.read";
    /// <summary>See HIV tables (XML6 and the HIV fields of XML15).</summary>
    public const string ReadSensitive = "records.read-sensitive";
    /// <summary>Hand in files and records.</summary>
    public const string Ingest = "records.ingest";
    /// <summary>Hold, release and correct records.</summary>
    public const string EditRecords = "records.edit";
    /// <summary>Send and resend.</summary>
    public const string Submit = "submissions.send";
    /// <summary>See queue, receipts and outcomes.</summary>
    public const string ReadSubmissions = "submissions.read";
    /// <summary>Change facilities, portal accounts and keys.</summary>
    public const string ManageFacilities = "facilities.manage";
    /// <summary>Create users, set roles, issue tokens.</summary>
    public const string ManageUsers = "users.manage";
    /// <summary>See the state of channels, queues, disks and versions; set watched folders and mappings of extracts.</summary>
    public const string Operate = "system.operate";
    /// <summary>Read and verify the audit log.</summary>
    public const string ReadAudit = "audit.read";
    /// <summary>Ask for exceptions to rules, end them, try rules, write and switch custom rules.</summary>
    public const string ManageRules = "rules.manage";
    /// <summary>Agree to exceptions that somebody else asked for.</summary>
    public const string ApproveRules = "rules.approve";

    /// <summary>Write down incidents, settle duties.</summary>
    public const string ManageDeadlines = "deadlines.manage";

    /// <summary>See code lists, their history and what they say of a code.</summary>
    public const string ReadCatalogues = "catalogues.read";
    /// <summary>Import code lists and take imports back.</summary>
    public const string ManageCatalogues = "catalogues.manage";

    /// <summary>See card lookups, the list of unverified cards and what changed.</summary>
    public const string ReadCards = "cards.read";
    /// <summary>Look cards up, close visits of the list, say which visits are watched.</summary>
    public const string LookUpCards = "cards.lookup";

    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> All { get; } = new[]
    {
        ReadRecords, ReadSensitive, Ingest, EditRecords, Submit, ReadSubmissions, ManageFacilities, ManageUsers, Operate, ReadAudit,
        ReadCatalogues, ManageCatalogues, ManageRules, ApproveRules, ReadCards, LookUpCards, ManageDeadlines,
    }.ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>Roles and what each may do.</summary>
public static class Roles
{
    /// <summary>May do everything.</summary>
    public const string SuperAdmin = "super_admin";
    /// <summary>Runs a facility: settings, certificates, users.</summary>
    public const string ClinicAdmin = "clinic_admin";
    /// <summary>Reception: card lookups, check-ins.</summary>
    public const string FrontDesk = "front_desk";
    /// <summary>Therapist: sees records and their findings.</summary>
    public const string Therapist = "therapist";
    /// <summary>Insurance officer: findings, corrections, sending.</summary>
    public const string InsuranceOfficer = "insurance_officer";
    /// <summary>Operates channels and queues; sees no clinical content.</summary>
    public const string ItOperator = "it_operator";
    /// <summary>Reads all, changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Role → permissions.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Table { get; } = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal)
    {
        [SuperAdmin] = Permissions.All,
        [ClinicAdmin] = Set(
            Permissions.ReadRecords, Permissions.Ingest, Permissions.EditRecords, Permissions.Submit, Permissions.ReadSubmissions,
            Permissions.ManageFacilities, Permissions.ManageUsers, Permissions.Operate, Permissions.ReadAudit, Permissions.ReadCatalogues, Permissions.ManageCatalogues,
            Permissions.ManageRules, Permissions.ApproveRules, Permissions.ReadCards, Permissions.LookUpCards, Permissions.ManageDeadlines),
        [FrontDesk] = Set(Permissions.ReadRecords, Permissions.ReadCards, Permissions.LookUpCards),
        [Therapist] = Set(Permissions.ReadRecords),
        [InsuranceOfficer] = Set(
            Permissions.ReadRecords, Permissions.ReadSensitive, Permissions.Ingest, Permissions.EditRecords, Permissions.Submit, Permissions.ReadSubmissions,
            Permissions.ReadCatalogues, Permissions.ManageCatalogues, Permissions.ManageRules, Permissions.ApproveRules, Permissions.ReadCards, Permissions.LookUpCards,
            Permissions.ManageDeadlines),
        [ItOperator] = Set(Permissions.ReadSubmissions, Permissions.Operate, Permissions.ManageDeadlines),
        [Auditor] = Set(Permissions.ReadRecords, Permissions.ReadSensitive, Permissions.ReadSubmissions, Permissions.ReadAudit, Permissions.ReadCatalogues, Permissions.ReadCards),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What someone with these roles may do. Unknown roles give nothing.</summary>
    public static IReadOnlySet<string> PermissionsOf(IEnumerable<string> roles)
    {
        HashSet<string> permissions = new(StringComparer.Ordinal);
        foreach (string role in roles)
        {
            if (Table.TryGetValue(role, out IReadOnlySet<string>? granted))
                permissions.UnionWith(granted);
        }
        return permissions;
    }

    private static FrozenSet<string> Set(params string[] permissions) => permissions.ToFrozenSet(StringComparer.Ordinal);
}
