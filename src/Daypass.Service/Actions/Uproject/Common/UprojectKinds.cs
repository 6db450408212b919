using System.Diagnostics.CodeAnalysis;
using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Common;

/// <summary>What policies hang on, as the dialect names it: a role's path is part of its name there.</summary>
internal static class UprojectKinds
{
    public static readonly HolderKind<User> User = HolderKinds.User;
    public static readonly HolderKind<Group> Group = HolderKinds.Group;
    public static readonly HolderKind<Role> Role = new RoleKind();

    /// <summary>A role's name in this dialect.</summary>
    public static string NameOf(Role role) => role.Path[1..] + role.Name;

    /// <summary>A name of this dialect as path and name.</summary>
    public static (string Path, string Name) Split(string roleName)
    {
        var start = roleName.LastIndexOf('/') + 1;
        return ("/" + roleName[..start], roleName[start..]);
    }

    private sealed record RoleKind : HolderKind<Role>
    {
        [SetsRequiredMembers]
        public RoleKind()
            : base("role", "AWS::IAM::Role", "RoleName", UprojectRules.RoleName, DocumentKinds.Role)
        {
            InlineSize = Quotas.RolePolicySize;
            AttachedPolicies = Quotas.PoliciesPerRole;
        }

        public override Role? Find(AccountDirectory directory, string name) =>
            Split(name) is var (path, last) && directory.FindRole(last) is { } role && role.Path == path ? role : null;

        public override ApiException NotFound(string name) => HolderKinds.Role.NotFound(name);

        public override Arn ArnOf(Role holder, AccountId account) => holder.ArnIn(account);

        public override IReadOnlyList<Tag> TagsOf(Role holder) => holder.Tags;

        public override string? BoundaryOf(Role holder) => holder.Boundary;

        public override Role WithInline(Role holder, IReadOnlyList<InlinePolicy> inline) => HolderKinds.Role.WithInline(holder, inline);

        public override Role WithBindings(Role holder, PolicyBindings bindings) => HolderKinds.Role.WithBindings(holder, bindings);
    }
}
