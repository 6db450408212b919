using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="DetachPolicy{Role}"/>.</summary>
internal sealed class DetachRolePolicy() : DetachPolicy<Role>(HolderKinds.Role);
