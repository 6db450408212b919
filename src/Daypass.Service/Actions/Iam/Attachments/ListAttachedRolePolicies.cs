using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="ListAttachedPolicies{Role}"/>.</summary>
internal sealed class ListAttachedRolePolicies() : ListAttachedPolicies<Role>(HolderKinds.Role);
