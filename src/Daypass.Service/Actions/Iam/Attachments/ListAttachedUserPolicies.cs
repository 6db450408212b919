using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="ListAttachedPolicies{User}"/>.</summary>
internal sealed class ListAttachedUserPolicies() : ListAttachedPolicies<User>(HolderKinds.User);
