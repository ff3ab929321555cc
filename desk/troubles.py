"""What is wrong with a store, in one Chinese line that says what to do next."""

import re

from db.doors import StoreTrouble, Trouble
from desk.errors import StoreUnusable

LINES = {
    Trouble.NOT_A_STORE: "{where} 不是坐席台的数据文件，未做任何改动；请用 --store 指定正确的文件",
    Trouble.NEWER_SCHEMA: "{where} 由更新版本的坐席台建立，未做任何改动；请升级本程序后重新打开",
    Trouble.OLDER_SCHEMA: "{where} 由旧版本建立，需要先升级数据；请重新打开坐席台",
    Trouble.READ_ONLY: "{where} 只读或无权读写，未做任何改动；请检查文件和文件夹的权限",
    Trouble.DISK_FULL: "磁盘已满，本次未保存，未做任何改动；请清理磁盘后再按一次",
    Trouble.NETWORK_SHARE: "{where} 在网络共享盘上，数据会损坏，已拒绝打开；请改用本机磁盘",
    Trouble.NO_FOLDER: "{where} 打不开（文件夹不存在或无权限），未做任何改动；请检查路径",
    Trouble.MISSING: "{where} 不存在；请先运行 desk init 建立，或用 --store 指定已有文件",
    Trouble.EXISTS: "{where} 已存在，未做任何改动；请换一个文件名，或直接打开它",
    Trouble.NO_GROUP: "没有名为 {where} 的系统用户组，未做任何改动；请先建组，或去掉 --group",
    Trouble.MIGRATION_FAILED: "{where} 升级未成功，已恢复原样；请保留该文件和 backups 文件夹，联系管理员",
    Trouble.DAMAGED: "{where} 已损坏，未做任何改动；请停止使用并从备份恢复",
    Trouble.IO_ERROR: "读写 {where} 出错，本次未保存；请检查磁盘后再按一次",
}


_HALF_MADE = re.compile(r"\.([^/\\]+)\.[0-9a-f-]{36}\.new$")


def unusable(error: StoreTrouble) -> StoreUnusable:
    """Return the refusal that says this trouble in Chinese, with the name that was asked for, not a half-made file's."""
    where = _HALF_MADE.sub(r"\1", str(error.where or "数据文件"))
    return StoreUnusable(LINES[error.trouble].format(where=where))
