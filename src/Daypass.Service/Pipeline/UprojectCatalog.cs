using System.Collections.Frozen;
using Daypass.Service.Actions.Uproject.AccessKeys;
using Daypass.Service.Actions.Uproject.Account;
using Daypass.Service.Actions.Uproject.Bindings;
using Daypass.Service.Actions.Uproject.Groups;
using Daypass.Service.Actions.Uproject.Policies;
using Daypass.Service.Actions.Uproject.Projects;
using Daypass.Service.Actions.Uproject.Roles;
using Daypass.Service.Actions.Uproject.Sts;
using Daypass.Service.Actions.Uproject.Users;

namespace Daypass.Service.Pipeline;

/// <summary>
/// The table of contents of the uproject dialect: every action that its clients can name, one line each.
/// <para>
/// To add one: a class in <c>Actions/Uproject/&lt;Area&gt;/&lt;Action&gt;.cs</c>, named as the API names it, that derives from
/// <see cref="ApiAction{TRequest,TResponse}"/> as all others do, and a line here under the service that its permissions belong to. What
/// there is to know beside that:
/// </para>
/// <list type="bullet">
/// <item>Parameters come under the dialect's own names and case; lists as elsewhere (<c>PolicyURNs.0</c> is <c>PolicyURNs.member.1</c>), whichever
/// shape the client sent. An empty value never arrives: it means "absent". <c>Region</c>, <c>Zone</c> and <c>ProjectId</c> may be there on any call.</item>
/// <item>An action must read every parameter that it knows, if only to pass it over: one that nobody has read is
/// refused (<see cref="UprojectGrammar"/>).</item>
/// <item>It asks for AWS's permission where AWS has the operation, so that one Deny holds in both dialects.</item>
/// <item>A response writes its members with the dialect's names; numbers and times leave as JSON numbers (times in seconds), so a time that
/// clients want as text is written as <c>Text</c>. <c>RetCode</c>, <c>Action</c> and <c>Message</c> are the dialect's.</item>
/// <item>Errors are those of <see cref="Errors"/>. Where AWS has one code for many things, the error itself says its
/// <see cref="ApiError.RetCode"/>; the table for all others is <see cref="Daypass.Signing.RetCodes"/>. <see cref="Errors.BadParameter"/> names a parameter that is wrong.</item>
/// </list>
/// </summary>
internal sealed class UprojectCatalog
{
    /// <summary>What marks its calls in the trail and in the figures.</summary>
    public const string Dialect = "uproject";

    public static readonly ApiService Sts = Of(ActionCatalog.Sts);
    public static readonly ApiService Iam = Of(ActionCatalog.Iam);

    private readonly FrozenDictionary<string, ApiAction> _actions;

    public UprojectCatalog()
    {
        All = [.. Of(Sts, StsActions()), .. Of(Iam, IamActions())];
        _actions = All.ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<ApiAction> All { get; }

    /// <summary>The action of a request, or null. Names have one letter case.</summary>
    public ApiAction? Find(string action) => _actions.GetValueOrDefault(action);

    private static IReadOnlyList<ApiAction> StsActions() =>
    [
        new AssumeRole(),
    ];

    private static IReadOnlyList<ApiAction> IamActions() =>
    [
        // AccessKeys
        new CreateAccessKey(),
        new DeleteAccessKey(),
        new ListAccessKeys(),
        new UpdateAccessKey(),
        // Account, which the command line asks at its start
        new GetProjectList(),
        new GetRegion(),
        new GetUserInfo(),
        // Bindings
        new AttachPoliciesToGroup(),
        new AttachPoliciesToRole(),
        new AttachPoliciesToUser(),
        new DetachPoliciesFromGroup(),
        new DetachPoliciesFromRole(),
        new DetachPoliciesFromUser(),
        new ListPoliciesForGroup(),
        new ListPoliciesForRole(),
        new ListPoliciesForUser(),
        // Groups
        new AddUserToGroup(),
        new CreateGroup(),
        new DeleteGroup(),
        new GetGroup(),
        new ListGroups(),
        new ListUsersForGroup(),
        new RemoveUserFromGroup(),
        new UpdateGroup(),
        // Policies
        new CreateIAMPolicy(),
        new DeleteIAMPolicy(),
        new GetIAMPolicy(),
        new ListEntitiesForPolicy(),
        new ListPolicies(),
        new UpdateIAMPolicy(),
        new UpdateIAMPolicyName(),
        // Projects
        new CreateProject(),
        new DeleteProject(),
        new ListEntitiesForProject(),
        new ListProjects(),
        new ModifyProject(),
        new RemoveUserFromProject(),
        // Roles
        new CreateRole(),
        new DeleteRole(),
        new GetRole(),
        new ListRoles(),
        new UpdateRole(),
        // Users
        new CreateUser(),
        new DeleteUser(),
        new GetLoginProfile(),
        new GetUser(),
        new GetUserMFAInfo(),
        new ListUsers(),
        new UpdateLoginProfile(),
        new UpdateUser(),
    ];

    // The same service to policies and to readers of the trail.
    private static ApiService Of(ApiService aws) => new(aws.Name, "", "", aws.EventSource, "") { Dialect = Dialect };

    private static IEnumerable<ApiAction> Of(ApiService service, IReadOnlyList<ApiAction> actions)
    {
        foreach (var action in actions)
        {
            action.Service = service;
            yield return action;
        }
    }
}
