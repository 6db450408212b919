using System.Collections.Frozen;
using Daypass.Service.Actions.AccessAnalyzer;
using Daypass.Service.Actions.CloudTrail;
using Daypass.Service.Actions.Daypass;
using Daypass.Service.Actions.Daypass.Federation;
using Daypass.Service.Actions.Daypass.Federation.Ldap;
using Daypass.Service.Actions.Daypass.Keys;
using Daypass.Service.Actions.Daypass.Nodes;
using Daypass.Service.Actions.Daypass.Sessions;
using Daypass.Service.Actions.Daypass.Trails;
using Daypass.Service.Actions.Iam.AccessKeys;
using Daypass.Service.Actions.Iam.Account;
using Daypass.Service.Actions.Iam.Attachments;
using Daypass.Service.Actions.Iam.Boundaries;
using Daypass.Service.Actions.Iam.Credentials;
using Daypass.Service.Actions.Iam.Groups;
using Daypass.Service.Actions.Iam.InlinePolicies;
using Daypass.Service.Actions.Iam.Mfa;
using Daypass.Service.Actions.Iam.OidcProviders;
using Daypass.Service.Actions.Iam.Organizations;
using Daypass.Service.Actions.Iam.OutboundFederation;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Iam.Roles;
using Daypass.Service.Actions.Iam.SamlProviders;
using Daypass.Service.Actions.Iam.Simulation;
using Daypass.Service.Actions.Iam.Users;
using Daypass.Service.Actions.Organizations;
using Daypass.Service.Actions.Sts;

namespace Daypass.Service.Pipeline;

/// <summary>The table of contents: every action of every API, one line each. A new action is a new file and a line here.</summary>
internal sealed class ActionCatalog
{
    public static readonly ApiService Sts = new("sts", "2011-06-15", "", "sts.amazonaws.com", "https://sts.amazonaws.com/doc/2011-06-15/");
    public static readonly ApiService Iam = new("iam", "2010-05-08", "", "iam.amazonaws.com", "https://iam.amazonaws.com/doc/2010-05-08/");
    public static readonly ApiService Organizations = new("organizations", "", "AWSOrganizationsV20161128", "organizations.amazonaws.com", "");
    public static readonly ApiService CloudTrail = new("cloudtrail", "", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", "cloudtrail.amazonaws.com", "");
    public static readonly ApiService AccessAnalyzer = new("access-analyzer", "", "", "access-analyzer.amazonaws.com", "");
    public static readonly ApiService RolesAnywhere = new("rolesanywhere", "", "", "rolesanywhere.amazonaws.com", "");
    public static readonly ApiService Daypass = new("daypass", "2026-11-22", "", "daypass", "urn:daypass:2026-11-22");

    private readonly FrozenDictionary<(string Version, string Action), ApiAction> _query;
    private readonly FrozenDictionary<string, ApiAction> _targets;
    private readonly FrozenDictionary<string, ApiAction[]> _routes;
    private readonly ApiAction[] _labelled;

    public ActionCatalog()
    {
        All = [.. Of(Sts, StsActions()), .. Of(Iam, IamActions()), .. Of(Organizations, OrganizationsActions()), .. Of(CloudTrail, CloudTrailActions()), .. Of(AccessAnalyzer, AccessAnalyzerActions()), .. Of(RolesAnywhere, RolesAnywhereCatalog.Actions()), .. Of(Daypass, DaypassActions())];
        _query = All.Where(action => action.Service.Version.Length > 0).ToFrozenDictionary(action => (action.Service.Version, action.Name));
        _targets = All.Where(action => action.Service.Target.Length > 0)
            .SelectMany(action => TargetsOf(action.Service).Select(target => KeyValuePair.Create($"{target}.{action.Name}", action)))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _labelled = [.. All.Where(action => action.Route?.HasLabels is true)];
        _routes = All.Where(action => action.Route?.HasLabels is false).GroupBy(action => action.Route!.Path).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The APIs that this server speaks itself; protected services may not take their names.</summary>
    public static IReadOnlyList<ApiService> Services { get; } = [Sts, Iam, Organizations, CloudTrail, AccessAnalyzer, RolesAnywhere, Daypass];

    /// <summary>AWS's actions and Daypass's own.</summary>
    public IReadOnlyList<ApiAction> All { get; }

    /// <summary>The actions of the uproject dialect, some of which have names of AWS's.</summary>
    public UprojectCatalog Uproject { get; } = new();

    /// <summary>The actions of all dialects.</summary>
    public IEnumerable<ApiAction> Everything => All.Concat(Uproject.All);

    /// <summary>The action of a Query request, or null.</summary>
    public ApiAction? FindQuery(string version, string action) => _query.GetValueOrDefault((version, action));

    /// <summary>Why an action of AWS's is left out on purpose; null for all others.</summary>
    public static string? WhyNotOffered(string version, string action) => LeftOut.GetValueOrDefault((version, action));

    private const string Delegation =
        "temporary delegation rests on partners and policy templates that AWS registers. To let a partner in, make a role that trusts it, with an external id and the permissions it asks for.";

    // docs/decisions/0033
    private static readonly FrozenDictionary<(string Version, string Action), string> LeftOut = new[] { (Sts.Version, "GetDelegatedAccessToken") }
        .Concat(new[]
        {
            "AcceptDelegationRequest", "AssociateDelegationRequest", "CreateDelegationRequest", "GetDelegationRequest", "GetHumanReadableSummary", "ListDelegationRequests",
            "RejectDelegationRequest", "SendDelegationToken", "UpdateDelegationRequest",
        }.Select(action => (Iam.Version, action))).ToFrozenDictionary(action => action, _ => Delegation);

    /// <summary>The action of an AWS JSON request by its X-Amz-Target, or null.</summary>
    public ApiAction? FindTarget(string target) => _targets.GetValueOrDefault(target);

    /// <summary>The actions of a REST path, one for each method; none when nothing is there.</summary>
    public IReadOnlyList<ApiAction> FindRoutes(string path) =>
        _routes.TryGetValue(path, out var actions) ? actions : [.. _labelled.Where(action => action.Route!.IsAt(path))];

    // botocore puts a package before CloudTrail's name; the SDK for JavaScript leaves it out, and AWS takes both.
    private static IEnumerable<string> TargetsOf(ApiService service) =>
        new[] { service.Target, service.Target[(service.Target.LastIndexOf('.') + 1)..] }.Distinct(StringComparer.Ordinal);

    private static IEnumerable<ApiAction> Of(ApiService service, IReadOnlyList<ApiAction> actions)
    {
        foreach (var action in actions)
        {
            action.Service = service;
            yield return action;
        }
    }

    private static IReadOnlyList<ApiAction> StsActions() =>
    [
        new AssumeRole(),
        new AssumeRoleWithLDAPIdentity(),
        new AssumeRoleWithSAML(),
        new AssumeRoleWithWebIdentity(),
        new AssumeRoot(),
        new DecodeAuthorizationMessage(),
        new GetAccessKeyInfo(),
        new GetCallerIdentity(),
        new GetFederationToken(),
        new GetSessionToken(),
        new GetWebIdentityToken(),
    ];

    private static IReadOnlyList<ApiAction> IamActions() =>
    [
        // AccessKeys
        new CreateAccessKey(),
        new DeleteAccessKey(),
        new GetAccessKeyLastUsed(),
        new ListAccessKeys(),
        new UpdateAccessKey(),
        // Account
        new CreateAccountAlias(),
        new DeleteAccountAlias(),
        new GetAccountSummary(),
        new ListAccountAliases(),
        // Attachments
        new AttachGroupPolicy(),
        new AttachRolePolicy(),
        new AttachUserPolicy(),
        new DetachGroupPolicy(),
        new DetachRolePolicy(),
        new DetachUserPolicy(),
        new ListAttachedGroupPolicies(),
        new ListAttachedRolePolicies(),
        new ListAttachedUserPolicies(),
        // Boundaries
        new DeleteRolePermissionsBoundary(),
        new DeleteUserPermissionsBoundary(),
        new PutRolePermissionsBoundary(),
        new PutUserPermissionsBoundary(),
        // Credentials
        new DeleteLoginProfile(),
        new GetLoginProfile(),
        new ListServiceSpecificCredentials(),
        new ListSigningCertificates(),
        new ListSSHPublicKeys(),
        // Groups
        new AddUserToGroup(),
        new CreateGroup(),
        new DeleteGroup(),
        new GetGroup(),
        new ListGroups(),
        new ListGroupsForUser(),
        new RemoveUserFromGroup(),
        new UpdateGroup(),
        // InlinePolicies
        new DeleteGroupPolicy(),
        new DeleteRolePolicy(),
        new DeleteUserPolicy(),
        new GetGroupPolicy(),
        new GetRolePolicy(),
        new GetUserPolicy(),
        new ListGroupPolicies(),
        new ListRolePolicies(),
        new ListUserPolicies(),
        new PutGroupPolicy(),
        new PutRolePolicy(),
        new PutUserPolicy(),
        // Mfa
        new CreateVirtualMFADevice(),
        new DeactivateMFADevice(),
        new DeleteVirtualMFADevice(),
        new EnableMFADevice(),
        new GetMFADevice(),
        new ListMFADevices(),
        new ListMFADeviceTags(),
        new ListVirtualMFADevices(),
        new ResyncMFADevice(),
        new TagMFADevice(),
        new UntagMFADevice(),
        // OidcProviders
        new AddClientIDToOpenIDConnectProvider(),
        new CreateOpenIDConnectProvider(),
        new DeleteOpenIDConnectProvider(),
        new GetOpenIDConnectProvider(),
        new ListOpenIDConnectProviders(),
        new ListOpenIDConnectProviderTags(),
        new RemoveClientIDFromOpenIDConnectProvider(),
        new TagOpenIDConnectProvider(),
        new UntagOpenIDConnectProvider(),
        new UpdateOpenIDConnectProviderThumbprint(),
        // Organizations
        new DisableOrganizationsRootSessions(),
        new EnableOrganizationsRootSessions(),
        new ListOrganizationsFeatures(),
        // OutboundFederation
        new DisableOutboundWebIdentityFederation(),
        new EnableOutboundWebIdentityFederation(),
        new GetOutboundWebIdentityFederationInfo(),
        // Policies
        new CreatePolicy(),
        new CreatePolicyVersion(),
        new DeletePolicy(),
        new DeletePolicyVersion(),
        new GetPolicy(),
        new GetPolicyVersion(),
        new ListEntitiesForPolicy(),
        new ListPolicies(),
        new ListPolicyTags(),
        new ListPolicyVersions(),
        new SetDefaultPolicyVersion(),
        new TagPolicy(),
        new UntagPolicy(),
        // Roles
        new CreateRole(),
        new DeleteRole(),
        new GetRole(),
        new ListInstanceProfilesForRole(),
        new ListRoleTags(),
        new ListRoles(),
        new TagRole(),
        new UntagRole(),
        new UpdateAssumeRolePolicy(),
        new UpdateRole(),
        new UpdateRoleDescription(),
        // SamlProviders
        new CreateSAMLProvider(),
        new DeleteSAMLProvider(),
        new GetSAMLProvider(),
        new ListSAMLProviders(),
        new ListSAMLProviderTags(),
        new TagSAMLProvider(),
        new UntagSAMLProvider(),
        new UpdateSAMLProvider(),
        // Simulation
        new GetContextKeysForCustomPolicy(),
        new GetContextKeysForPrincipalPolicy(),
        new SimulateCustomPolicy(),
        new SimulatePrincipalPolicy(),
        // Users
        new CreateUser(),
        new DeleteUser(),
        new GetUser(),
        new ListUsers(),
        new ListUserTags(),
        new TagUser(),
        new UntagUser(),
        new UpdateUser(),
    ];

    private static IReadOnlyList<ApiAction> OrganizationsActions() =>
    [
        new CreateAccount(),
        new CreateOrganization(),
        new DescribeAccount(),
        new DescribeCreateAccountStatus(),
        new DescribeOrganization(),
        new ListAccounts(),
        new ListCreateAccountStatus(),
    ];

    private static IReadOnlyList<ApiAction> CloudTrailActions() =>
    [
        new DescribeTrails(),
        new GetTrail(),
        new GetTrailStatus(),
        new ListPublicKeys(),
        new ListTrails(),
        new LookupEvents(),
    ];

    private static IReadOnlyList<ApiAction> AccessAnalyzerActions() =>
    [
        new CheckAccessNotGranted(),
        new CheckNoNewAccess(),
        new CheckNoPublicAccess(),
        new ValidatePolicy(),
    ];

    private static IReadOnlyList<ApiAction> DaypassActions() =>
    [
        new AcquireLeases(),
        new AdvanceClock(),
        new DeleteLDAPProvider(),
        new DeregisterService(),
        new ExplainFederation(),
        new ForgetNode(),
        new GetClock(),
        new GetDigest(),
        new GetLDAPProvider(),
        new GetLogFile(),
        new ListDigests(),
        new GetOpenIDConnectProviderSettings(),
        new ListKeys(),
        new ListLDAPProviders(),
        new ListNodes(),
        new ListRevocations(),
        new ListServices(),
        new ListSessions(),
        new ListTrustFindings(),
        new PutLDAPProvider(),
        new PutOpenIDConnectProviderSettings(),
        new RegisterService(),
        new ReportEvents(),
        new RevokeKey(),
        new RevokeSessions(),
        new RewrapKeys(),
        new RotateKeys(),
        new SealTrail(),
        new TraceEvent(),
        new VerifyRequests(),
    ];
}
