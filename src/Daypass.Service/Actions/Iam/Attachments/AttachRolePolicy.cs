using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="AttachPolicy{Role}"/>.</summary>
internal sealed class AttachRolePolicy() : AttachPolicy<Role>(HolderKinds.Role);
