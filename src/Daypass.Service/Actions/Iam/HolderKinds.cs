using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>The three kinds of entity that policies hang on.</summary>
internal static class HolderKinds
{
    public static readonly HolderKind<User> User = new UserKind();
    public static readonly HolderKind<Group> Group = new GroupKind();
    public static readonly HolderKind<Role> Role = new RoleKind();

    private sealed record UserKind : HolderKind<User>
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public UserKind()
            : base("user", "AWS::IAM::User", "UserName", TextRules.ExistingUserName, DocumentKinds.User)
        {
            InlineSize = Quotas.UserPolicySize;
            AttachedPolicies = Quotas.PoliciesPerUser;
        }

        public override User? Find(AccountDirectory directory, string name) => directory.FindUser(name);

        public override ApiException NotFound(string name) => Errors.NoSuchUser(name);

        public override Arn ArnOf(User holder, AccountId account) => holder.ArnIn(account);

        public override IReadOnlyList<Tag> TagsOf(User holder) => holder.Tags;

        public override string? BoundaryOf(User holder) => holder.Boundary;

        public override User WithInline(User holder, IReadOnlyList<InlinePolicy> inline) => holder with { Inline = inline };

        public override User WithBindings(User holder, PolicyBindings bindings) =>
            holder with { Attached = bindings.Attached, Scoped = bindings.Scoped, AttachedSince = bindings.Since };
    }

    private sealed record GroupKind : HolderKind<Group>
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public GroupKind()
            : base("group", "AWS::IAM::Group", "GroupName", TextRules.GroupName, DocumentKinds.Group)
        {
            InlineSize = Quotas.GroupPolicySize;
            AttachedPolicies = Quotas.PoliciesPerGroup;
        }

        public override Group? Find(AccountDirectory directory, string name) => directory.FindGroup(name);

        public override ApiException NotFound(string name) => Errors.NoSuchGroup(name);

        public override Arn ArnOf(Group holder, AccountId account) => holder.ArnIn(account);

        public override Group WithInline(Group holder, IReadOnlyList<InlinePolicy> inline) => holder with { Inline = inline };

        public override Group WithBindings(Group holder, PolicyBindings bindings) =>
            holder with { Attached = bindings.Attached, Scoped = bindings.Scoped, AttachedSince = bindings.Since };
    }

    private sealed record RoleKind : HolderKind<Role>
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public RoleKind()
            : base("role", "AWS::IAM::Role", "RoleName", TextRules.RoleName, DocumentKinds.Role)
        {
            InlineSize = Quotas.RolePolicySize;
            AttachedPolicies = Quotas.PoliciesPerRole;
        }

        public override Role? Find(AccountDirectory directory, string name) => directory.FindRole(name);

        public override ApiException NotFound(string name) => Errors.NoSuchRole(name);

        public override Arn ArnOf(Role holder, AccountId account) => holder.ArnIn(account);

        public override IReadOnlyList<Tag> TagsOf(Role holder) => holder.Tags;

        public override string? BoundaryOf(Role holder) => holder.Boundary;

        public override Role WithInline(Role holder, IReadOnlyList<InlinePolicy> inline) => holder with { Inline = inline };

        public override Role WithBindings(Role holder, PolicyBindings bindings) =>
            holder with { Attached = bindings.Attached, Scoped = bindings.Scoped, AttachedSince = bindings.Since };
    }
}
